//! Results as JUnit XML, which every CI server reads: suites of cases that passed or failed.
//!
//! Written with quick-xml after the schema of Jenkins, which is what servers accept; characters that XML forbids are shown as pictures.

use std::io;
use std::time::Duration;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::harmless;

/// What came of a case.
pub enum Outcome {
    /// It passed.
    Passed,
    /// It says something that makes nothing fail.
    Said(String),
    /// It failed.
    Failed(Failed),
    /// It could not be looked at.
    Error(Failed),
}

/// Why.
pub struct Failed {
    /// The kind of it.
    pub kind: String,
    /// One line.
    pub message: String,
    /// All of it.
    pub text: String,
}

/// One case.
pub struct Case {
    /// Its name.
    pub name: String,
    /// Where it belongs.
    pub class: String,
    /// What came of it.
    pub outcome: Outcome,
    /// How long it took.
    pub time: Option<Duration>,
}

/// Cases that belong together.
pub struct Suite {
    /// Its name.
    pub name: String,
    /// In order.
    pub cases: Vec<Case>,
}

impl Suite {
    fn failures(&self) -> usize {
        let failed = |it: &&Case| matches!(it.outcome, Outcome::Failed(_));
        self.cases.iter().filter(failed).count()
    }

    fn errors(&self) -> usize {
        let error = |it: &&Case| matches!(it.outcome, Outcome::Error(_));
        self.cases.iter().filter(error).count()
    }
}

/// The document of a command.
pub fn document(command: &str, suites: &[Suite]) -> io::Result<String> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let count = |of: fn(&Suite) -> usize| suites.iter().map(of).sum::<usize>().to_string();
    writer
        .create_element("testsuites")
        .with_attribute(("name", command))
        .with_attribute(("tests", &*count(|it| it.cases.len())))
        .with_attribute(("failures", &*count(Suite::failures)))
        .with_attribute(("errors", &*count(Suite::errors)))
        .write_inner_content(|writer| suites.iter().try_for_each(|it| suite(it, writer)))?;
    let mut text = String::from_utf8_lossy(&writer.into_inner()).into_owned();
    text.push('\n');
    Ok(text)
}

fn suite(suite: &Suite, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    writer
        .create_element("testsuite")
        .with_attribute(("name", &*attribute(&suite.name)))
        .with_attribute(("tests", &*suite.cases.len().to_string()))
        .with_attribute(("failures", &*suite.failures().to_string()))
        .with_attribute(("errors", &*suite.errors().to_string()))
        .write_inner_content(|writer| suite.cases.iter().try_for_each(|it| case(it, writer)))?;
    Ok(())
}

fn case(case: &Case, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    let mut element = writer
        .create_element("testcase")
        .with_attribute(("name", &*attribute(&case.name)))
        .with_attribute(("classname", &*attribute(&case.class)));
    if let Some(time) = case.time {
        element = element.with_attribute(("time", &*format!("{:.3}", time.as_secs_f64())));
    }
    match &case.outcome {
        Outcome::Passed => element.write_empty()?,
        Outcome::Said(text) => element.write_inner_content(|writer| {
            let said = writer.create_element("system-out");
            said.write_text_content(BytesText::new(&content(text)))?;
            Ok(())
        })?,
        Outcome::Failed(it) => element.write_inner_content(|writer| why("failure", it, writer))?,
        Outcome::Error(it) => element.write_inner_content(|writer| why("error", it, writer))?,
    };
    Ok(())
}

fn why(element: &str, it: &Failed, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
    writer
        .create_element(element)
        .with_attribute(("type", &*attribute(&it.kind)))
        .with_attribute(("message", &*attribute(&it.message)))
        .write_text_content(BytesText::new(&content(&it.text)))?;
    Ok(())
}

/// One line: readers turn line ends of attributes into blanks.
fn attribute(text: &str) -> String {
    harmless::for_xml(&harmless::line(text))
}

fn content(text: &str) -> String {
    harmless::for_xml(text)
}
