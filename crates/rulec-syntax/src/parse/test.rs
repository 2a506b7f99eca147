//! Tests of a pack: a case and what must come out of it.

use super::build::{Builder, Built};
use crate::ast::{Allow, Expect, Place, TestCase, TestLine};
use crate::grammar::Rule;

impl Builder<'_> {
    /// `test "…": …`
    pub(super) fn test(&mut self, allows: &mut Vec<Allow>) -> Built<TestCase> {
        let name = self.text()?;
        self.must(Rule::colon)?;
        let mut lines = Vec::new();
        while let Some(rule) = self.peek() {
            match rule {
                Rule::allow => allows.push(self.allow()?),
                _ => lines.push(self.test_line()?),
            }
        }
        Ok(TestCase { name, lines })
    }

    fn test_line(&mut self) -> Built<TestLine> {
        let Some(word) = self.next() else {
            return self.unforeseen();
        };
        match word.rule {
            Rule::given_word => match self.eat(Rule::case_word) {
                Some(_) => Ok(TestLine::GivenCase(self.text()?)),
                None => Ok(TestLine::GivenTest(self.text()?)),
            },
            Rule::pasted_word => Ok(TestLine::Pasted(self.text()?)),
            Rule::symptom_word => Ok(TestLine::Symptom(self.symptom_list()?)),
            Rule::now_word => {
                self.must(Rule::equals)?;
                Ok(TestLine::Now(self.number()?))
            }
            Rule::assignment => {
                let path = self.path()?;
                self.must(Rule::equals)?;
                Ok(TestLine::Set(path, self.value()?))
            }
            Rule::expect_word => Ok(TestLine::Expect(self.expectation()?)),
            _ => {
                self.at -= 1;
                self.unforeseen()
            }
        }
    }

    fn expectation(&mut self) -> Built<Expect> {
        let Some(word) = self.next() else {
            return self.unforeseen();
        };
        match word.rule {
            Rule::confirmed_word => Ok(Expect::Confirmed(self.names()?)),
            Rule::ruled_out => Ok(Expect::RuledOut(self.names()?)),
            Rule::open_word => {
                let rules = self.names()?;
                let mut needs = Vec::new();
                if self.eat(Rule::needs_word).is_some() {
                    needs.push(self.path()?);
                    while self.peek() == Some(Rule::path) {
                        needs.push(self.path()?);
                    }
                }
                Ok(Expect::Open { rules, needs })
            }
            Rule::nothing_else => Ok(Expect::NothingElse(Place(self.span(word)))),
            Rule::others_word => Ok(Expect::Others(Place(self.span(word)))),
            _ => {
                self.at -= 1;
                self.unforeseen()
            }
        }
    }
}
