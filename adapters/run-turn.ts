import type { Bot } from '../bot/bot.ts';
import { BotAdapter, TurnContext, type Activity, type ConversationReference, type ResourceResponse } from '../bot/engine.ts';

/** The one botbuilder adapter: collects what the bot sends in a turn. */
class CollectingAdapter extends BotAdapter {
  readonly sent: Partial<Activity>[] = [];

  override async sendActivities(_context: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    this.sent.push(...activities);
    return activities.map(({ id }) => ({ id: id! }));
  }

  override async updateActivity(): Promise<void> {
    throw new Error('The bot changes no message once sent.');
  }

  override async deleteActivity(): Promise<void> {
    throw new Error('The bot deletes no message once sent.');
  }

  override async continueConversation(_reference: Partial<ConversationReference>, _logic: (context: TurnContext) => Promise<void>): Promise<void> {
    throw new Error('The bot never speaks first.');
  }
}

/** Runs one activity through the bot and hands back the replies; none for a message that was answered before. */
export async function runTurn(bot: Bot, activity: Partial<Activity>): Promise<readonly Partial<Activity>[]> {
  const adapter = new CollectingAdapter();
  await bot(new TurnContext(adapter, activity));
  return adapter.sent;
}
