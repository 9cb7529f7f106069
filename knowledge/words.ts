import { z } from 'zod';
import type { Finding } from './finding.ts';
import { slotsIn } from './markdown.ts';
import { field, readYaml, type Read } from './yaml.ts';

/** Every short sentence the assistant says itself, and the slots each may name besides those of the municipality. */
export const phraseSlots = {
  greeting: [], privacy: [], menu: [], help: [], language_changed: [],
  choose: [], none: [], elsewhere: ['subject'], elsewhere_office: ['department', 'tel'], contact: ['department', 'tel', 'hours'], failed: ['tel'], choice_old: [], message_empty: [], message_long: ['limit'], masked: [], forgotten: [], forget_how: [], flooded: [],
  guide_begin: [], guide_resume: [], guide_stopped: [], guide_first_question: [], guide_not_open: [], guide_heard: ['heard'], guide_anew: [], guide_stuck: ['department', 'tel', 'hours'],
  option_unclear: [], day_unclear: [], day_not_real: [], day_future: ['today'], day_early: [], day_far: [], day_year: [], day_which: [],
  confirm: [], office: ['department', 'tel', 'hours'], source: [], checked: ['day'], only_japanese: [], related: [],
  thanks: [], vote_thanks: [], vote_sorry: [], label_useful: [], label_useless: [],
  label_menu: [], label_stop: [], label_back: [], label_contact: [], label_english: [], label_japanese: [], label_easy: [], label_pick_day: [], label_calendar: [], stage_here: ['stage'],
  page_title: [], page_open: [], page_close: [], page_input: [], page_send: [], page_log: [], page_you: [], page_assistant: [],
  page_typing: [], page_offline: [], page_too_long: ['limit'], page_choices: [], page_vote: [], page_faq: [], page_again: [], page_busy: [], page_settings: [], page_size: [], page_size_normal: [], page_size_large: [], page_size_huge: [], page_furigana: [], page_tools: [], page_copy: [], page_copied: [], page_print: [], page_share: [], page_without_script: [], page_skip: [], page_trail: [], page_popular: [], page_topics: [], page_office: [], page_languages: [], faq_title: [], faq_search: [], faq_found: [], faq_nothing: [], faq_all: [], faq_print: ['day'], faq_ask: [],
} as const satisfies Record<string, readonly string[]>;
export type PhraseKey = keyof typeof phraseSlots;
export type Phrases = Readonly<Record<PhraseKey, string>>;

const sentence = field(z.string().trim().min(1), {
  ja: '住民の方に見せる文を書いてください。',
  en: 'Write the sentence residents see.',
});
const keys = Object.keys(phraseSlots) as PhraseKey[];
const phrases = z.strictObject(Object.fromEntries(keys.map((key) => [key, sentence])) as Record<PhraseKey, typeof sentence>);

/** Reads `words/phrases.<lang>.yaml`; a slot a phrase cannot fill is a finding. */
export function readPhrases(file: string, text: string, municipalitySlots: readonly string[]): Read<Phrases> {
  const read: Read<Phrases> = readYaml(text, phrases, { file, linesBefore: 0 });
  if (read.value === undefined) return read;
  const findings: Finding[] = [];
  for (const key of keys) {
    const known: readonly string[] = [...phraseSlots[key], ...municipalitySlots];
    for (const slot of slotsIn(read.value[key])) {
      if (!known.includes(slot)) {
        findings.push({ rule: 'slot-unknown', file, line: read.lineOf([key]), level: 'error',
          what: { ja: `「${key}」の文に、埋められない欄 {${slot}} があります。`, en: `“${key}” names a slot {${slot}} that cannot be filled.` },
          remedy: { ja: `使える欄は ${known.map((name) => `{${name}}`).join(' ')} です。`, en: `It may name ${known.map((name) => `{${name}}`).join(' ')}.` } });
      }
    }
  }
  return findings.length > 0 ? { ...read, value: undefined, findings } : read;
}

/** What a word can make the conversation do. */
export const commands = ['stop', 'restart', 'menu', 'back', 'help', 'contact', 'forget', 'thanks', 'useful', 'useless', 'japanese', 'english', 'easy'] as const;
export type Command = (typeof commands)[number];

const wordList = field(z.array(z.string().trim().min(1)).min(1), {
  ja: '[ことば, ことば] のように並べてください。',
  en: 'List words like [one, two].',
});
const commandFile = z.strictObject(Object.fromEntries(commands.map((name) => [name, wordList])) as Record<Command, typeof wordList>);
export const readCommands = (text: string): Read<Record<Command, string[]>> =>
  readYaml(text, commandFile, { file: 'words/commands.yaml', linesBefore: 0 });

const termFile = z.record(z.string().min(1), field(z.string().regex(/^[ァ-ヶー]+$/), {
  ja: '読みを全角カタカナで書いてください。',
  en: 'Write the reading in full-width katakana.',
}));
/** Reads `words/terms.yaml`: a word and its reading in katakana. */
export const readTerms = (text: string): Read<Record<string, string>> => readYaml(text, termFile, { file: 'words/terms.yaml', linesBefore: 0 });

const synonymFile = z.record(z.string().min(1), z.strictObject({ ja: wordList.optional(), en: wordList.optional(), aspect: field(z.boolean(), { ja: 'true と書くか、行ごと消してください。', en: 'Write true, or remove the line.' }).optional() }));
type Synonyms = Readonly<z.infer<typeof synonymFile>>;
/** Reads `words/synonyms.yaml`: words that mean nearly the same, by what they mean. */
export const readSynonyms = (text: string): Read<Synonyms> => readYaml(text, synonymFile, { file: 'words/synonyms.yaml', linesBefore: 0 });

const sayIn = z.strictObject({ ja: z.string().trim().min(1), en: z.string().trim().min(1), 'ja-easy': z.string().trim().min(1).optional() });
const topicFile = z.record(z.string().regex(/^[a-z-]+$/), sayIn);
/** Names of the topics, in the order they are listed. */
export type Topics = Readonly<z.infer<typeof topicFile>>;
export const readTopics = (text: string): Read<Topics> => readYaml(text, topicFile, { file: 'words/topics.yaml', linesBefore: 0 });

const sayings = field(z.array(z.string().trim().min(1)).default([]), {
  ja: '尋ね方を「- 」で始めて1行に1つずつ書いてください。',
  en: 'List how people ask, one a line, each beginning with “- ”.',
});
const elsewhereFile = z.record(z.string().regex(/^[a-z-]+$/), z.strictObject({
  name: sayIn.optional(),
  say: sayIn.optional(),
  unanswered: field(z.boolean(), { ja: 'true と書くか、行ごと消してください。', en: 'Write true, or remove the line.' }).optional(),
  phrases: z.strictObject({ ja: sayings, en: sayings }),
}));
/** Services that are not ours, by name: what they are called, what is said instead of naming them, and how people ask for them; and what is ours, and answered nowhere yet. */
export type Elsewhere = Readonly<z.infer<typeof elsewhereFile>>;
/** Where more of what they are asked is kept, `<name>.<ja|en>.txt`, one a line. */
export const elsewhereFolder = 'words/elsewhere/';
export const readElsewhere = (text: string): Read<Elsewhere> => readYaml(text, elsewhereFile, { file: 'words/elsewhere.yaml', linesBefore: 0 });

const emergencyFile = z.record(z.string().regex(/^[a-z-]+$/), z.strictObject({ say: sayIn, words: z.strictObject({ ja: wordList, en: wordList }) }));
/** What is said before anything else to somebody in need, and the words that tell. */
export type Emergencies = Readonly<z.infer<typeof emergencyFile>>;
export const readEmergencies = (text: string): Read<Emergencies> => readYaml(text, emergencyFile, { file: 'words/emergencies.yaml', linesBefore: 0 });

const otherLanguageFile = z.record(z.string().regex(/^[a-z]{2}$/), z.strictObject({
  say: z.string().trim().min(1), script: z.enum(['Hangul', 'Devanagari', 'Thai', 'Arabic', 'Cyrillic', 'Myanmar', 'Sinhala', 'Khmer']).optional(), letters: z.string().min(1).optional(), words: wordList.optional(),
}));
/** A sentence for each language we do not speak, and the signs by which it is known. */
export type OtherLanguages = Readonly<z.infer<typeof otherLanguageFile>>;
export const readOtherLanguages = (text: string): Read<OtherLanguages> => readYaml(text, otherLanguageFile, { file: 'words/other-languages.yaml', linesBefore: 0 });
