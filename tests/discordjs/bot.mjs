/** A bot as discord.js's own guide writes it: a command, a button, a form. Its address and token are in the environment. */

import { createRequire } from "node:module";
import process from "node:process";

const discord = createRequire(`${process.env.NODE_MODULES}/`)("discord.js");
const { ActionRowBuilder, ButtonBuilder, ButtonStyle, Client, ContextMenuCommandBuilder, Events, GatewayIntentBits } = discord;
const { ApplicationCommandType, LabelBuilder, MessageFlags, ModalBuilder, REST, Routes, SlashCommandBuilder } = discord;
const { TextInputBuilder, TextInputStyle } = discord;

const rest = { api: process.env.DISCORD_API, version: "10" };
const client = new Client({ intents: [GatewayIntentBits.Guilds], rest });

const commands = [
  new SlashCommandBuilder()
    .setName("greet")
    .setDescription("Say hello")
    .addStringOption((option) => option.setName("name").setDescription("Whom").setRequired(true).setAutocomplete(true)),
  new ContextMenuCommandBuilder().setName("Keep It").setType(ApplicationCommandType.Message),
];

function button() {
  return new ActionRowBuilder().addComponents(
    new ButtonBuilder().setCustomId("write").setLabel("Write").setStyle(ButtonStyle.Primary));
}

function form() {
  const text = new TextInputBuilder().setCustomId("text").setStyle(TextInputStyle.Paragraph).setMinLength(3);
  const label = new LabelBuilder().setLabel("Comments").setTextInputComponent(text);
  return new ModalBuilder().setCustomId("letter").setTitle("A letter").addLabelComponents(label);
}

async function answer(interaction) {
  if (interaction.isAutocomplete()) {
    const typed = interaction.options.getFocused();
    await interaction.respond(["Mara", "Marco", "Otto"].filter((name) => name.startsWith(typed)).map((name) => ({ name, value: name })));
  } else if (interaction.isChatInputCommand()) {
    const content = `Hello ${interaction.options.getString("name")} from ${interaction.channel.name}`;
    await interaction.reply({ content, components: [button()], flags: MessageFlags.Ephemeral });
  } else if (interaction.isMessageContextMenuCommand()) {
    await interaction.deferReply();
    await interaction.editReply(`Kept: ${interaction.targetMessage.content}`);
  } else if (interaction.isButton()) {
    await interaction.showModal(form());
  } else if (interaction.isModalSubmit()) {
    await interaction.update({ content: `Thank you for: ${interaction.fields.getTextInputValue("text")}`, components: [] });
    await interaction.user.send("Your letter has arrived.");
  }
}

client.on(Events.InteractionCreate, (interaction) => answer(interaction).catch((error) => console.error(error)));
client.on(Events.Error, (error) => console.error(error));
client.once(Events.ClientReady, async ({ application }) => {
  const api = new REST(rest).setToken(process.env.DISCORD_TOKEN);
  await api.put(Routes.applicationCommands(application.id), { body: commands.map((command) => command.toJSON()) });
});
process.on("SIGTERM", () => client.destroy().then(() => process.exit(0)));
await client.login(process.env.DISCORD_TOKEN);
