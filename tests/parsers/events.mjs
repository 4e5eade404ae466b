// Read a calendar from standard input with ical.js, print its events as JSON.
import { readFileSync } from "node:fs";

import ICAL from "ical.js";

function moment(time) {
  if (!time) return null;
  if (time.isDate) return { date: time.toString() };
  if (time.zone === ICAL.Timezone.localTimezone) throw new Error(`floating time ${time}`);
  return { seconds: time.toUnixTime() };
}

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
const events = calendar.getAllSubcomponents("vevent").map((event) => ({
  uid: event.getFirstPropertyValue("uid"),
  start: moment(event.getFirstPropertyValue("dtstart")),
  end: moment(event.getFirstPropertyValue("dtend")),
  summary: event.getFirstPropertyValue("summary"),
  status: event.getFirstPropertyValue("status"),
  sequence: event.getFirstPropertyValue("sequence"),
}));
process.stdout.write(JSON.stringify(events));
