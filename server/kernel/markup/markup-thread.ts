import { answerRequests } from "../threads/answer-requests.ts";
import { prepare } from "./prepare.ts";

answerRequests(prepare);
