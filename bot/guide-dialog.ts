import type { Answers, Guide, GuideContext, Step } from '../knowledge/guides/guide.ts';
import type { Arrival } from '../knowledge/policies/rule.ts';
import { Dialog, DialogSet, type DialogContext, type DialogInstance, type DialogState, type DialogTurnResult, type StatePropertyAccessor, type TurnContext } from './engine.ts';
import { openStep } from './walk.ts';

/** Where somebody is in a guide; kept with the conversation. */
export interface GuideState {
  readonly version: number;
  readonly answers: Answers;
}

/** What a guide does in a turn; the turn words it. */
export interface GuideVoice {
  ask(guide: Guide, step: Step): void;
}

/** Plays one guide on the dialog stack: asks the open question, or ends with where it arrives. */
class GuideDialog extends Dialog<{ answers: Answers }> {
  private readonly guide: Guide;
  private readonly context: GuideContext;
  private readonly voice: GuideVoice;

  constructor(guide: Guide, context: GuideContext, voice: GuideVoice) {
    super(guide.id);
    this.guide = guide;
    this.context = context;
    this.voice = voice;
  }

  override async beginDialog(dialogs: DialogContext, { answers }: { answers: Answers } = { answers: {} }): Promise<DialogTurnResult> {
    this.keep(dialogs, answers);
    return this.proceed(dialogs);
  }

  override async continueDialog(dialogs: DialogContext): Promise<DialogTurnResult> {
    return this.proceed(dialogs);
  }

  override async repromptDialog(_context: TurnContext, { state }: DialogInstance): Promise<void> {
    const step = openStep(this.guide, (state as GuideState).answers, this.context);
    if (step !== undefined) this.voice.ask(this.guide, step);
  }

  private keep(dialogs: DialogContext, answers: Answers): void {
    dialogs.activeDialog!.state = { version: this.guide.version, answers } satisfies GuideState;
  }

  private async proceed(dialogs: DialogContext): Promise<DialogTurnResult> {
    const { answers } = dialogs.activeDialog!.state as GuideState;
    const step = openStep(this.guide, answers, this.context);
    if (step === undefined) return dialogs.endDialog(this.guide.arrive(answers, this.context));
    this.voice.ask(this.guide, step);
    return Dialog.EndOfTurn;
  }
}

/** The guide somebody is in, and what the turn may do with it. */
export interface OpenGuide {
  readonly guide: Guide;
  readonly answers: Answers;
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

  /** The open guide; one that was renewed or withdrawn since is closed and gone. */
  async open(): Promise<OpenGuide | undefined> {
    const active = this.dialogs.activeDialog;
    if (active === undefined) return undefined;
    const { version, answers } = active.state as GuideState;
    const guide = this.guides.find(({ id }) => id === active.id);
    const step = guide?.version === version ? openStep(guide, answers, this.context) : undefined;
    if (guide !== undefined && step !== undefined) return { guide, answers, step };
    await this.close();
    return undefined;
  }

  /** @returns where the guide arrived, or undefined when it asked a question */
  async begin(guide: Guide, answers: Answers = {}): Promise<Arrival | undefined> {
    await this.close();
    return (await this.dialogs.beginDialog(guide.id, { answers })).result as Arrival | undefined;
  }

  async proceed({ guide }: OpenGuide, answers: Answers): Promise<Arrival | undefined> {
    this.dialogs.activeDialog!.state = { version: guide.version, answers } satisfies GuideState;
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
