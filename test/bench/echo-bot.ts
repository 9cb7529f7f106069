// A plain bot as the SDKs' samples make it: signature, turn, reply, and nothing kept. What it holds when it dies is lost.
import { messagingApi, validateSignature, type webhook } from '@line/bot-sdk';
import { ActivityHandler, CloudAdapter, TurnContext, type Activity } from 'botbuilder';
import restify from 'restify';

const { PORT, LINE_CHANNEL_SECRET, LINE_CHANNEL_ACCESS_TOKEN, LINE_API_BASE_URL } = process.env as Record<string, string>;
const client = new messagingApi.MessagingApiClient({ channelAccessToken: LINE_CHANNEL_ACCESS_TOKEN!, baseURL: LINE_API_BASE_URL! });
const bot = new ActivityHandler();
bot.onMessage(async (context, next) => {
  await context.sendActivity(context.activity.text);
  await next();
});

/** Replies with what the bot sends. */
class LineAdapter extends CloudAdapter {
  override async sendActivities(context: TurnContext, activities: Partial<Activity>[]): Promise<{ id: string }[]> {
    await client.replyMessage({ replyToken: context.activity.channelData.replyToken as string, messages: activities.map(({ text }) => ({ type: 'text', text: text! })) });
    return activities.map(() => ({ id: '' }));
  }
  async hear({ message, replyToken, source }: webhook.MessageEvent): Promise<void> {
    const { text, id } = message as webhook.TextMessageContent;
    const context = new TurnContext(this, { type: 'message', id, text, channelId: 'line', conversation: { id: source?.userId ?? '' }, channelData: { replyToken } } as unknown as Activity);
    await this.runMiddleware(context, (turn) => bot.run(turn));
  }
}
const adapter = new LineAdapter();

const server = restify.createServer();
server.get('/readyz', async (_request, response) => { response.send(200, {}); });
server.post('/line/webhook', async (request, response) => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const body = Buffer.concat(parts);
  if (!validateSignature(body, LINE_CHANNEL_SECRET!, request.headers['x-line-signature'] as string)) response.send(401, {});
  else {
    await Promise.all((JSON.parse(body.toString()) as { events: webhook.MessageEvent[] }).events.map((event) => adapter.hear(event)));
    response.send(200, {});
  }
});
server.listen(Number(PORT), '127.0.0.1');
