//! The database of a package that we write: Anki's schema 11, which all of its versions read.

use library::rusqlite::{self, Connection};
use serde_json::{Value, json};

/// Ids of our note types and deck: any number above a million, the same in every package, so that Anki knows them
/// again.
pub(super) const BASIC: i64 = 1_763_800_000_001;
pub(super) const REVERSED: i64 = 1_763_800_000_002;
pub(super) const CLOZE: i64 = 1_763_800_000_003;

/// What joins the fields of a note.
pub(super) const JOINT: char = '\u{1f}';

const TABLES: &str = "
    CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL,
        ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL, conf text NOT NULL,
        models text NOT NULL, decks text NOT NULL, dconf text NOT NULL, tags text NOT NULL);
    CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL,
        usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL, csum integer NOT NULL,
        flags integer NOT NULL, data text NOT NULL);
    CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL,
        mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL, due integer NOT NULL,
        ivl integer NOT NULL, factor integer NOT NULL, reps integer NOT NULL, lapses integer NOT NULL,
        left integer NOT NULL, odue integer NOT NULL, odid integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
    CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL, ease integer NOT NULL,
        ivl integer NOT NULL, lastIvl integer NOT NULL, factor integer NOT NULL, time integer NOT NULL,
        type integer NOT NULL);
    CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);
    CREATE INDEX ix_notes_usn ON notes (usn);
    CREATE INDEX ix_cards_usn ON cards (usn);
    CREATE INDEX ix_revlog_usn ON revlog (usn);
    CREATE INDEX ix_cards_nid ON cards (nid);
    CREATE INDEX ix_cards_sched ON cards (did, queue, due);
    CREATE INDEX ix_revlog_cid ON revlog (cid);
    CREATE INDEX ix_notes_csum ON notes (csum);
";

/// Makes the tables, with one deck of that name; `made` and `now` in seconds since 1970.
pub(super) fn make(connection: &Connection, deck: i64, name: &str, made: i64, now: i64) -> rusqlite::Result<()> {
    connection.execute_batch(TABLES)?;
    let conf = json!({
        "activeDecks": [1], "addToCur": true, "collapseTime": 1200, "curDeck": 1, "curModel": BASIC.to_string(),
        "dueCounts": true, "estTimes": true, "newBury": true, "newSpread": 0, "nextPos": 1, "sortBackwards": false,
        "sortType": "noteFld", "timeLim": 0, "schedVer": 2,
    });
    let models: serde_json::Map<String, Value> = [
        (BASIC, note_type(BASIC, deck, now, "Smart Study Room basic", 0, &[("Front", "Back")])),
        (
            REVERSED,
            note_type(REVERSED, deck, now, "Smart Study Room both ways", 0, &[("Front", "Back"), ("Back", "Front")]),
        ),
        (CLOZE, note_type(CLOZE, deck, now, "Smart Study Room cloze", 1, &[("cloze:Front", "cloze:Front")])),
    ]
    .into_iter()
    .map(|(id, model)| (id.to_string(), model))
    .collect();
    let decks = json!({ "1": deck_of(1, "Default", now), deck.to_string(): deck_of(deck, name, now) });
    let dconf = json!({ "1": {
        "id": 1, "mod": 0, "name": "Default", "usn": 0, "maxTaken": 60, "autoplay": true, "timer": 0, "replayq": true,
        "dyn": false,
        "new": { "bury": false, "delays": [1.0, 10.0], "initialFactor": 2500, "ints": [1, 4, 0], "order": 1, "perDay": 20 },
        "rev": { "bury": false, "ease4": 1.3, "ivlFct": 1.0, "maxIvl": 36500, "perDay": 200, "hardFactor": 1.2 },
        "lapse": { "delays": [10.0], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0.0 },
    } });
    connection.execute(
        "INSERT INTO col VALUES (1, ?1, ?2, ?2, 11, 0, 0, 0, ?3, ?4, ?5, ?6, '{}')",
        (made, now * 1000, conf.to_string(), Value::from(models).to_string(), decks.to_string(), dconf.to_string()),
    )?;
    Ok(())
}

fn note_type(id: i64, deck: i64, now: i64, name: &str, kind: u8, templates: &[(&str, &str)]) -> Value {
    let field = |(ord, name): (usize, &&str)| json!({ "name": name, "ord": ord, "sticky": false, "rtl": false, "font": "Arial", "size": 20, "media": [] });
    let template = |(ord, (question, answer)): (usize, &(&str, &str))| {
        // A cloze repeats itself with the words shown; the others show the question above the answer.
        let above = if kind == 1 { "" } else { "{{FrontSide}}\n\n<hr id=answer>\n\n" };
        json!({
            "name": format!("Card {}", ord + 1), "ord": ord, "qfmt": format!("{{{{{question}}}}}"),
            "afmt": format!("{above}{{{{{answer}}}}}{{{{#Extra}}}}<br><br>{{{{Extra}}}}{{{{/Extra}}}}"),
            "bqfmt": "", "bafmt": "", "did": null, "bfont": "", "bsize": 0,
        })
    };
    let required: Vec<Value> = templates.iter().enumerate().map(|(ord, _)| json!([ord, "any", [ord]])).collect();
    let fields: Vec<Value> = ["Front", "Back", "Extra"].iter().enumerate().map(field).collect();
    let templates: Vec<Value> = templates.iter().enumerate().map(template).collect();
    json!({
        "id": id, "name": name, "type": kind, "mod": now, "usn": -1, "sortf": 0, "did": deck, "tags": [], "vers": [],
        "flds": fields, "tmpls": templates,
        "css": ".card { font-family: arial; font-size: 20px; text-align: center; }\n.cloze { font-weight: bold; }",
        "latexPre": "\\documentclass{article}\n\\begin{document}\n", "latexPost": "\\end{document}",
        "latexsvg": false, "req": required,
    })
}

fn deck_of(id: i64, name: &str, now: i64) -> Value {
    json!({
        "id": id, "name": name, "mod": now, "usn": 0, "desc": "", "dyn": 0, "conf": 1, "collapsed": false,
        "browserCollapsed": false, "extendNew": 0, "extendRev": 0, "lrnToday": [0, 0], "newToday": [0, 0],
        "revToday": [0, 0], "timeToday": [0, 0],
    })
}
