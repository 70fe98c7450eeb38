import {
  Body,
  Button,
  Container,
  Head,
  Heading,
  Hr,
  Html,
  Link,
  Preview,
  Text,
} from "@react-email/components";
import { render } from "@react-email/render";
import { createElement as element } from "react";
import { answerRequests } from "../threads/answer-requests.ts";
import type { Letter } from "./letters.ts";

const font = "Inter, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";
const quiet = { color: "#5b6270", fontSize: "13px", lineHeight: "20px", margin: "0 0 8px" };
const look = {
  body: { backgroundColor: "#f6f7f9", fontFamily: font, margin: "0", padding: "32px 12px" },
  sheet: {
    backgroundColor: "#ffffff",
    border: "1px solid #e3e6ea",
    borderRadius: "6px",
    maxWidth: "480px",
    padding: "32px",
  },
  heading: { color: "#171a21", fontSize: "20px", fontWeight: "600", lineHeight: "28px", margin: "0 0 16px" },
  text: { color: "#2b303b", fontSize: "14px", lineHeight: "22px", margin: "0 0 16px" },
  button: {
    backgroundColor: "#4f46c8",
    borderRadius: "6px",
    color: "#ffffff",
    fontSize: "14px",
    fontWeight: "500",
    padding: "10px 16px",
  },
  rule: { borderColor: "#e3e6ea", margin: "24px 0 16px" },
  link: { color: "#4f46c8", wordBreak: "break-all" as const },
};

answerRequests((letter: Letter): Promise<string> => {
  const { heading, paragraphs, action, note, subject } = letter;
  return render(
    element(
      Html,
      { lang: "en" },
      element(Head, null, element("title", null, subject)),
      element(Preview, null, paragraphs.at(-1) ?? ""),
      element(
        Body,
        { style: look.body },
        element(
          Container,
          { style: look.sheet },
          element(Heading, { as: "h1", style: look.heading }, heading),
          ...paragraphs.map((paragraph) => element(Text, { key: paragraph, style: look.text }, paragraph)),
          element(Button, { href: action.link, style: look.button }, action.label),
          element(Hr, { style: look.rule }),
          element(
            Text,
            { style: quiet },
            "Or open ",
            element(Link, { href: action.link, style: look.link }, action.link),
          ),
          element(Text, { style: quiet }, note),
        ),
      ),
    ),
  );
});
