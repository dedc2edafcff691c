import activity from "./activity.json";
import annotations from "./annotations.json";
import app from "./app.json";
import ask from "./ask.json";
import cards from "./cards.json";
import design from "./design.json";
import faults from "./faults.json";
import library from "./library.json";
import palette from "./palette.json";
import progress from "./progress.json";
import quiz from "./quiz.json";
import read from "./read.json";
import rooms from "./rooms.json";
import search from "./search.json";
import settings from "./settings.json";
import welcome from "./welcome.json";

export default {
  activity,
  annotations,
  app,
  ask,
  cards,
  design,
  faults,
  library,
  palette,
  progress,
  quiz,
  read,
  rooms,
  search,
  settings,
  welcome,
};
