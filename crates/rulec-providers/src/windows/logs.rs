//! `windows events`: the event log is asked for records by number and time, newest first; who wrote them is looked at here, without case
//! and by both of the names that a source has.

use rulec_artefacts::events::{self, Query, Record};
use rulec_facts::provider::{Answer, Provenance, Request};
use rulec_facts::reason::Why;
use rulec_windows::{First, Trouble};

use super::system::System;

/// Most records of an answer, as of a saved log.
const MOST: usize = 10_000;

pub(super) fn records(
    system: &dyn System,
    request: &Request,
    from: Provenance,
) -> Result<Answer, Trouble> {
    let log = request.locator.as_deref().unwrap_or("");
    let query =
        Query::of(&request.arguments).map_err(|message| Trouble::new(Why::Malformed, message))?;
    let wanted = query.newest.unwrap_or(usize::MAX);
    let (mut records, mut lost) = (Vec::new(), 0);
    system.events(log, &path(&query), First::Newest, &mut |xml| {
        match events::from_xml(xml) {
            Some(record) if query.fits(&record) => records.push(record),
            Some(_) => {}
            None => lost += 1,
        }
        records.len() < wanted.min(MOST + 1)
    })?;
    if records.len() > MOST {
        let detail = "more records of the log fit than are read";
        return Err(Trouble::new(Why::OverBudget, detail));
    }
    let part = match records.len() < wanted {
        true => too_short(system, log, &query)?,
        false => None,
    };
    Ok(events::live(records, lost, part, &query, from))
}

/// What the log itself can pick by. Not who wrote a record: it compares that with case.
fn path(query: &Query) -> String {
    let mut ids = query.ids.clone();
    ids.sort_unstable();
    ids.dedup();
    let ids: Vec<String> = ids.iter().map(|it| format!("EventID={it}")).collect();
    let since = query
        .from
        .and_then(|it| jiff::Timestamp::from_nanosecond(it).ok());
    let since = since.map(|it| format!("TimeCreated[@SystemTime>='{it}']"));
    let ids = (!ids.is_empty()).then(|| format!("({})", ids.join(" or ")));
    let all: Vec<String> = ids.into_iter().chain(since).collect();
    match all.is_empty() {
        true => "*".to_owned(),
        false => format!("*[System[{}]]", all.join(" and ")),
    }
}

/// Why older records may be missing that would fit: the log keeps only so many.
fn too_short(
    system: &dyn System,
    log: &str,
    query: &Query,
) -> Result<Option<&'static str>, Trouble> {
    let mut oldest: Option<Record> = None;
    system.events(log, "*", First::Oldest, &mut |xml| {
        oldest = events::from_xml(xml);
        false
    })?;
    let late = |it: &Record| match (query.from, it.time) {
        (Some(from), Some((at, _))) => at > from,
        (None, _) => true,
        (Some(_), None) => false,
    };
    // A log counts its records from 1.
    let cut = oldest.is_some_and(|it| it.number != Some(1) && late(&it));
    Ok(cut.then_some("the log begins later than what is asked for; what was older is not in it"))
}
