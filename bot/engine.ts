// The parts of the Bot Framework SDK that a turn needs, module by module. Its front doors load recognisers and connectors that
// nobody calls here, which costs 0.4 s and 45 MB at every start. The SDK is archived, so its modules no longer move.
export { BotAdapter } from 'botbuilder-core/lib/botAdapter.js';
export { ConversationState } from 'botbuilder-core/lib/conversationState.js';
export { TurnContext } from 'botbuilder-core/lib/turnContext.js';
export { Dialog } from 'botbuilder-dialogs/lib/dialog.js';
export { DialogSet } from 'botbuilder-dialogs/lib/dialogSet.js';
export type { Activity, CardAction, ConversationReference, ResourceResponse, StatePropertyAccessor, Storage, StoreItems } from 'botbuilder';
export type { DialogContext, DialogInstance, DialogState, DialogTurnResult } from 'botbuilder-dialogs';

/** Kinds of activities and actions, as the schema of the Bot Framework names them. */
export const kinds = { message: 'message', conversationUpdate: 'conversationUpdate', messageBack: 'messageBack' } as const;
