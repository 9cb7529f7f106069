import type { Guide, GuideContext, Step } from '../knowledge/guides/guide.ts';
import type { Arrival } from '../knowledge/policies/rule.ts';
import { Dialog, DialogSet, type DialogContext, type DialogInstance, type DialogState, type DialogTurnResult, type StatePropertyAccessor, type TurnContext } from './engine.ts';
import { advance, openStep, type Told } from './walk.ts';

/** Where somebody is in a guide; kept with the conversation. */
export interface GuideState extends Told {
  readonly version: number;
}
const nothing: Told = { answers: {}, heard: {} };

/** What a guide does in a turn; the turn words it. */
export interface GuideVoice {
  ask(guide: Guide, step: Step): void;
}

/** Plays one guide on the dialog stack: asks the open question, or ends with where it arrives. */
class GuideDialog extends Dialog<Told> {
  private readonly guide: Guide;
  private readonly context: GuideContext;
  private readonly voice: GuideVoice;

  constructor(guide: Guide, context: GuideContext, voice: GuideVoice) {
    super(guide.id);
    this.guide = guide;
    this.context = context;
    this.voice = voice;
  }

  override async beginDialog(dialogs: DialogContext, told: Told = nothing): Promise<DialogTurnResult> {
    this.keep(dialogs, told);
    return this.proceed(dialogs);
  }

  override async continueDialog(dialogs: DialogContext): Promise<DialogTurnResult> {
    return this.proceed(dialogs);
  }

  override async repromptDialog(_context: TurnContext, { state }: DialogInstance): Promise<void> {
    const step = openStep(this.guide, (state as GuideState).answers, this.context);
    if (step !== undefined) this.voice.ask(this.guide, step);
  }

  private keep(dialogs: DialogContext, { answers, heard }: Told): void {
    dialogs.activeDialog!.state = { version: this.guide.version, answers, heard } satisfies GuideState;
  }

  private async proceed(dialogs: DialogContext): Promise<DialogTurnResult> {
    const { step, ...told } = advance(this.guide, dialogs.activeDialog!.state as GuideState, this.context);
    this.keep(dialogs, told);
    if (step === undefined) return dialogs.endDialog(this.guide.arrive(told.answers, this.context));
    this.voice.ask(this.guide, step);
    return Dialog.EndOfTurn;
  }
}

/** The guide somebody is in, and what the turn may do with it. */
export interface OpenGuide extends Told {
  readonly guide: Guide;
  readonly step: Step;
}

/** The guides of a turn on botbuilder's dialog stack. */
export class GuideStack {
  private readonly dialogs: DialogContext;
  private readonly guides: readonly Guide[];
  private readonly context: GuideContext;

  private constructor(dialogs: DialogContext, guides: readonly Guide[], context: GuideContext) {
    this.dialogs = dialogs;
    this.guides = guides;
    this.context = context;
  }

  static async of(turn: TurnContext, state: StatePropertyAccessor<DialogState>, guides: readonly Guide[], context: GuideContext, voice: GuideVoice): Promise<GuideStack> {
    const set = new DialogSet(state);
    for (const guide of guides) set.add(new GuideDialog(guide, context, voice));
    return new GuideStack(await set.createContext(turn), guides, context);
  }

  /**
   * The open guide. One that was renewed since, or left alone too long, is closed and named as `closed`; one that was withdrawn is gone.
   * @param stale whether the conversation was left alone too long
   */
  async open(stale: boolean): Promise<{ open?: OpenGuide; closed?: Guide }> {
    const active = this.dialogs.activeDialog;
    if (active === undefined) return {};
    const { version, answers, heard } = { ...nothing, ...active.state as Partial<GuideState> };
    const guide = this.guides.find(({ id }) => id === active.id);
    const step = guide !== undefined && guide.version === version && !stale ? openStep(guide, answers, this.context) : undefined;
    if (guide !== undefined && step !== undefined) return { open: { guide, answers, heard, step } };
    await this.close();
    return guide === undefined ? {} : { closed: guide };
  }

  /** @returns where the guide arrived, or undefined when it asked a question */
  async begin(guide: Guide, told: Partial<Told> = {}): Promise<Arrival | undefined> {
    await this.close();
    return (await this.dialogs.beginDialog(guide.id, { ...nothing, ...told })).result as Arrival | undefined;
  }

  async proceed({ guide }: OpenGuide, { answers, heard }: Told): Promise<Arrival | undefined> {
    this.dialogs.activeDialog!.state = { version: guide.version, answers, heard } satisfies GuideState;
    return (await this.dialogs.continueDialog()).result as Arrival | undefined;
  }

  /** Asks the open question once more. */
  async askAgain(): Promise<void> {
    await this.dialogs.repromptDialog();
  }

  async close(): Promise<void> {
    await this.dialogs.cancelAllDialogs();
  }
}
