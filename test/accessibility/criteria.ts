/** How a success criterion was looked at: by axe-core, by a test of ours, or by reading the source. */
export type Method = 'axe' | 'test' | 'source';

/** A success criterion of JIS X 8341-3:2016 (WCAG 2.0), levels A and AA; `applies: false` where there is nothing it speaks of. */
export interface Criterion {
  readonly number: string;
  readonly name: string;
  readonly level: 'A' | 'AA';
  readonly applies: boolean;
  readonly method: Method;
  readonly note: string;
}

const none = (number: string, name: string, level: 'A' | 'AA', note: string): Criterion => ({ number, name, level, applies: false, method: 'source', note });
const met = (number: string, name: string, level: 'A' | 'AA', method: Method, note: string): Criterion => ({ number, name, level, applies: true, method, note });
const noMedia = '音声・映像はありません。';

export const criteria: readonly Criterion[] = [
  met('1.1.1', '非テキストコンテンツ', 'A', 'axe', '画像は装飾だけで、読み上げから外しています。'),
  none('1.2.1', '音声のみ及び映像のみ(収録済)', 'A', noMedia),
  none('1.2.2', 'キャプション(収録済)', 'A', noMedia),
  none('1.2.3', '音声解説又はメディアに対する代替コンテンツ(収録済)', 'A', noMedia),
  none('1.2.4', 'キャプション(ライブ)', 'AA', noMedia),
  none('1.2.5', '音声解説(収録済)', 'AA', noMedia),
  met('1.3.1', '情報及び関係性', 'A', 'axe', '回答は題名の見出しで始まり、見出し・一覧・ラベルを要素で示しています(browser.test.ts)。'),
  met('1.3.2', '意味のある順序', 'A', 'test', '発言は書かれた順に並びます(browser.test.ts)。'),
  met('1.3.3', '感覚的な特徴', 'A', 'source', '形・色・位置だけの案内文はありません。'),
  met('1.4.1', '色の使用', 'A', 'axe', '選ばれたボタンは✓と太字でも示します。'),
  none('1.4.2', '音声の制御', 'A', noMedia),
  met('1.4.3', 'コントラスト(最低限レベル)', 'AA', 'axe', '明るい画面・暗い画面・強制カラーで調べています。'),
  met('1.4.4', 'テキストのサイズ変更', 'AA', 'test', '設定で1.6倍まで大きくでき、ブラウザーの400%の拡大でも欠けません(widget.test.ts、accessibility.test.ts)。'),
  met('1.4.5', '文字画像', 'AA', 'source', '文字の画像はありません。'),
  met('2.1.1', 'キーボード', 'A', 'test', '最初から最後までキーボードだけで会話できます(browser.test.ts)。'),
  met('2.1.2', 'キーボードトラップなし', 'A', 'test', 'Escで閉じ、もとの場所に戻ります(browser.test.ts)。'),
  met('2.2.1', 'タイミング調整可能', 'A', 'test', '時間の制限は会話の保存期間(初期値24時間)だけです(widget.test.ts)。'),
  none('2.2.2', '一時停止、停止及び非表示', 'A', '動くもの・自動で変わるものはありません。'),
  none('2.3.1', '3回の閃光、又は閾値以下', 'A', '閃光はありません。'),
  met('2.4.1', 'ブロックスキップ', 'A', 'axe', '「本文へ進む」と見出しがあります。'),
  met('2.4.2', 'ページタイトル', 'A', 'axe', '質問ごとに題名が異なります。'),
  met('2.4.3', 'フォーカス順序', 'A', 'test', 'キーボードで順に進みます(browser.test.ts)。'),
  met('2.4.4', 'リンクの目的(コンテキスト内)', 'A', 'axe', 'リンクの文は行き先の題名です。'),
  met('2.4.5', '複数の手段', 'AA', 'source', '会話、一覧、検索の3つの手段があります。'),
  met('2.4.6', '見出し及びラベル', 'AA', 'source', '見出しは質問の題名、ラベルは知らせたいことの文です。'),
  met('2.4.7', 'フォーカスの可視化', 'AA', 'test', '3ピクセルの輪郭で示します。画面をおおう窓は、Tabで外へ出ると閉じて、後ろのページが見えます(accessibility.test.ts)。'),
  met('3.1.1', 'ページの言語', 'A', 'axe', 'ページごとに示しています。'),
  met('3.1.2', '一部分の言語', 'AA', 'test', '発言ごとに言語を示しています(browser.test.ts)。'),
  met('3.2.1', 'フォーカス時', 'A', 'source', 'フォーカスだけで変わるものはありません。'),
  met('3.2.2', '入力時', 'A', 'test', '変換を確定するEnterでは送られません(browser.test.ts)。'),
  met('3.2.3', '一貫したナビゲーション', 'AA', 'source', 'どのページも同じ枠から作られています。'),
  met('3.2.4', '一貫した識別性', 'AA', 'source', '同じはたらきのボタンは同じことばです。'),
  met('3.3.1', 'エラーの特定', 'A', 'test', '読み取れない答えは、何が分からないかを文で返します(conversation.test.ts)。'),
  met('3.3.2', 'ラベル又は説明', 'A', 'axe', '入力欄にはラベルがあります。'),
  met('3.3.3', 'エラー修正の提案', 'AA', 'test', '日付などは例を示して聞き直します(conversation.test.ts)。'),
  none('3.3.4', 'エラー回避(法的、金融及びデータ)', 'AA', '申請や契約は受け付けません。'),
  met('4.1.1', '構文解析', 'A', 'axe', ''),
  met('4.1.2', '名前、役割及び値', 'A', 'axe', 'ボタンの開閉と選択の状態を示しています。'),
];

/** axe-core's name of a criterion: 1.4.3 is wcag143. */
export const tagOf = (number: string): string => `wcag${number.replaceAll('.', '')}`;
