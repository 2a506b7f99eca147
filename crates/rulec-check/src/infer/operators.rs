//! Operators between operands, and `is`.

use std::sync::Arc;

use rulec_facts::types::{Kind, Type};
use rulec_program::node::{Comparison, Op, TextTest};
use rulec_syntax::ast::{Binary, Expr, ExprKind, LiteralKind, Path, Test};
use rulec_syntax::source::Span;

use super::{Reader, Typed};
use crate::codes;
use crate::names::Found;
use crate::types::{is_error, same_kind, shown};

impl<'a> Reader<'_, 'a> {
    pub(super) fn binary(
        &mut self,
        operator: Binary,
        left: &'a Expr,
        right: &'a Expr,
        whole: &'a Expr,
        want: Option<&Type>,
    ) -> Typed {
        let span = whole.place.0;
        match operator {
            Binary::Equal => self.equality(left, right, span),
            Binary::NotEqual => {
                let implied = self.implied.len();
                let equal = self.equality(left, right, span);
                self.implied.truncate(implied);
                self.negated(equal, span)
            }
            Binary::Less => self.order(operator, Comparison::Less, (left, right), false, span),
            Binary::LessEqual => {
                self.order(operator, Comparison::LessEqual, (left, right), false, span)
            }
            Binary::Greater => self.order(operator, Comparison::Less, (left, right), true, span),
            Binary::GreaterEqual => {
                self.order(operator, Comparison::LessEqual, (left, right), true, span)
            }
            Binary::In => self.membership(left, right, span),
            Binary::NotIn => {
                let member = self.membership(left, right, span);
                self.negated(member, span)
            }
            Binary::Contains => self.contains(left, right, span),
            Binary::Overlaps => self.overlaps(left, right, span),
            Binary::StartsWith => self.text_test(operator, TextTest::StartsWith, left, right, span),
            Binary::EndsWith => self.text_test(operator, TextTest::EndsWith, left, right, span),
            Binary::Matches => self.text_test(operator, TextTest::Matches, left, right, span),
            Binary::Plus => self.arithmetic(true, left, right, span, want),
            Binary::Minus => self.arithmetic(false, left, right, span, want),
        }
    }

    fn negated(&mut self, typed: Typed, span: Span) -> Typed {
        if is_error(&typed.ty) {
            typed
        } else {
            self.not(typed, span)
        }
    }

    /// It needs the other operand to know what it is: a constant, a word that names nothing, a list of these.
    fn takes_type(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Literal(_) | ExprKind::Code(_) => true,
            ExprKind::List(items) => items.iter().all(|it| self.takes_type(it)),
            ExprKind::Path(path) => self.is_word(path),
            _ => false,
        }
    }

    fn is_word(&self, path: &Path) -> bool {
        path.pack.is_none()
            && !path.name.text.contains('.')
            && !self.variables.iter().any(|it| it.name == path.name.text)
            && matches!(
                self.analysed.find_value(self.pack, path),
                Found::Missing | Found::Broken
            )
    }

    /// Both operands; the one that takes its type from the other comes second.
    fn pair(&mut self, left: &'a Expr, right: &'a Expr) -> (Typed, Typed) {
        if self.takes_type(left) {
            let b = self.expr(right, None);
            let a = self.expr(left, Some(&b.ty));
            (a, b)
        } else {
            let a = self.expr(left, None);
            let b = self.expr(right, Some(&a.ty));
            (a, b)
        }
    }

    fn equality(&mut self, left: &'a Expr, right: &'a Expr, span: Span) -> Typed {
        let (a, b) = self.pair(left, right);
        if is_error(&a.ty) || is_error(&b.ty) {
            return self.error(span);
        }
        for (read, expr) in [(&a, left), (&b, right)] {
            if matches!(read.ty.kind, Kind::List(_) | Kind::Set(_) | Kind::Record(_)) {
                let message = format!("`==` compares single values, found {}", shown(&read.ty));
                let help = match read.ty.kind {
                    Kind::Record(_) => "compare a field that tells it from others".to_owned(),
                    _ => "for lists and sets there are `contains`, `overlaps`, `is empty`, `any` and `all`".to_owned(),
                };
                return self.mismatch(expr.place.0, message, Some(help));
            }
        }
        if !same_kind(&a.ty, &b.ty) {
            return self.report_unequal("==", (&a, left), (&b, right), span);
        }
        if a.ty.optional != b.ty.optional {
            self.implied.push(if a.ty.optional { left } else { right });
        }
        self.bool(Op::Compare(Comparison::Equal, a.node, b.node), span)
    }

    /// Two operands whose types do not fit: told at the constant, if one is, else at the whole.
    fn report_unequal(
        &mut self,
        operator: &str,
        (a, left): (&Typed, &Expr),
        (b, right): (&Typed, &Expr),
        span: Span,
    ) -> Typed {
        if let ExprKind::Literal(it) = &right.kind {
            self.analysed.report_wrong_constant(it, &a.ty);
            return self.error(span);
        }
        if let ExprKind::Literal(it) = &left.kind {
            self.analysed.report_wrong_constant(it, &b.ty);
            return self.error(span);
        }
        let message = format!(
            "the operands of `{operator}` have different types, {} and {}",
            shown(&a.ty),
            shown(&b.ty)
        );
        let help = match (&a.ty.kind, &b.ty.kind) {
            (Kind::Ip, Kind::Cidr) | (Kind::Cidr, Kind::Ip) => {
                Some("whether an address lies in a network is asked by `in`".to_owned())
            }
            _ => None,
        };
        self.mismatch(span, message, help)
    }

    fn order(
        &mut self,
        operator: Binary,
        comparison: Comparison,
        (left, right): (&'a Expr, &'a Expr),
        exchanged: bool,
        span: Span,
    ) -> Typed {
        let (a, b) = self.pair(left, right);
        if is_error(&a.ty) || is_error(&b.ty) {
            return self.error(span);
        }
        for (read, expr) in [(&a, left), (&b, right)] {
            if !is_ordered(&read.ty) && !matches!(expr.kind, ExprKind::Literal(_)) {
                let message = format!(
                    "`{}` orders int, version, time and duration, found {}",
                    operator.symbol(),
                    shown(&read.ty)
                );
                return self.mismatch(expr.place.0, message, None);
            }
        }
        if !same_kind(&a.ty, &b.ty) || !is_ordered(&a.ty) {
            return self.report_unequal(operator.symbol(), (&a, left), (&b, right), span);
        }
        for (read, expr) in [(&a, left), (&b, right)] {
            if read.ty.optional {
                self.implied.push(expr);
            }
        }
        let (first, second) = if exchanged {
            (b.node, a.node)
        } else {
            (a.node, b.node)
        };
        self.bool(Op::Compare(comparison, first, second), span)
    }

    /// `x in L`, `x in NETWORK`, `CODE in reported`.
    fn membership(&mut self, left: &'a Expr, right: &'a Expr, span: Span) -> Typed {
        if matches!(right.kind, ExprKind::Reported) {
            return self.in_reported(left, span);
        }
        if self.takes_type(left) {
            let b = self.expr(right, None);
            let want = if is_error(&b.ty) {
                Some(b.ty.clone())
            } else {
                b.ty.member().cloned()
            };
            let a = self.expr(left, want.as_ref());
            self.member_of("in", (a, left), (b, right), span)
        } else {
            let a = self.expr(left, None);
            let want = if is_error(&a.ty) {
                a.ty.clone()
            } else {
                Type::of(Kind::List(Arc::new(a.ty.clone())))
            };
            let b = self.expr(right, Some(&want));
            self.member_of("in", (a, left), (b, right), span)
        }
    }

    fn in_reported(&mut self, code: &'a Expr, span: Span) -> Typed {
        let read = self.expr(code, Some(&Type::of(Kind::Code)));
        if is_error(&read.ty) {
            return self.error(span);
        }
        if !matches!(read.ty.kind, Kind::Code) {
            if let ExprKind::Literal(it) = &code.kind {
                self.analysed
                    .report_wrong_constant(it, &Type::of(Kind::Code));
                return self.error(span);
            }
            let message = format!("`reported` holds codes, found {}", shown(&read.ty));
            return self.mismatch(
                code.place.0,
                message,
                Some("name a kind: `ras 798`".to_owned()),
            );
        }
        self.bool(Op::Reported(read.node), span)
    }

    fn member_of(
        &mut self,
        operator: &str,
        (a, left): (Typed, &Expr),
        (b, right): (Typed, &Expr),
        span: Span,
    ) -> Typed {
        if is_error(&a.ty) || is_error(&b.ty) {
            return self.error(span);
        }
        let address = matches!(a.ty.kind, Kind::Ip | Kind::Cidr);
        match &b.ty.kind {
            Kind::Cidr if address => return self.bool(Op::Within(a.node, b.node), span),
            Kind::List(member) | Kind::Set(member) => {
                let inside = address && matches!(member.kind, Kind::Cidr);
                let scalar = !matches!(a.ty.kind, Kind::List(_) | Kind::Set(_) | Kind::Record(_));
                if inside || (scalar && same_kind(&a.ty, member)) {
                    return self.bool(Op::Member(a.node, b.node), span);
                }
                let help = match &a.ty.kind {
                    Kind::List(_) | Kind::Set(_) => {
                        Some("whether two lists share something is asked by `overlaps`".to_owned())
                    }
                    Kind::Record(_) => Some("compare a field: `r.name in others.name`".to_owned()),
                    _ => None,
                };
                if let ExprKind::Literal(it) = &left.kind {
                    self.analysed.report_wrong_constant(it, member);
                    return self.error(span);
                }
                let message = format!("the members are {}, found {}", shown(member), shown(&a.ty));
                return self.mismatch(left.place.0, message, help);
            }
            _ => {}
        }
        let help = match b.ty.kind {
            Kind::Text => {
                Some("whether a text is part of another is asked by `contains`".to_owned())
            }
            Kind::Cidr => Some("only an address or a network lies in a network".to_owned()),
            Kind::Ip => Some("compare addresses with `==`, or write a network".to_owned()),
            _ => None,
        };
        let place = if matches!(b.ty.kind, Kind::Cidr) {
            left.place.0
        } else {
            right.place.0
        };
        let found = if matches!(b.ty.kind, Kind::Cidr) {
            &a.ty
        } else {
            &b.ty
        };
        let expected = if matches!(b.ty.kind, Kind::Cidr) {
            "an address or network"
        } else {
            "a list, set or network"
        };
        self.mismatch(
            place,
            format!("`{operator}` expects {expected}, found {}", shown(found)),
            help,
        )
    }

    /// `L contains x`, `TEXT contains "part"`, `NETWORK contains ADDRESS`, `reported contains CODE`.
    fn contains(&mut self, left: &'a Expr, right: &'a Expr, span: Span) -> Typed {
        if matches!(left.kind, ExprKind::Reported) {
            return self.in_reported(right, span);
        }
        let a = self.expr(left, None);
        if matches!(a.ty.kind, Kind::Text) {
            let b = self.expr(right, Some(&a.ty));
            return self.texts("contains", TextTest::Contains, (a, left), (b, right), span);
        }
        let want = if is_error(&a.ty) {
            Some(a.ty.clone())
        } else {
            a.ty.member().cloned()
        };
        let b = self.expr(right, want.as_ref());
        if is_error(&a.ty) || is_error(&b.ty) {
            return self.error(span);
        }
        if !matches!(a.ty.kind, Kind::List(_) | Kind::Set(_) | Kind::Cidr) {
            let message = format!(
                "`contains` looks into a list, set, text or network, found {}",
                shown(&a.ty)
            );
            return self.mismatch(left.place.0, message, None);
        }
        self.member_of("contains", (b, right), (a, left), span)
    }

    fn overlaps(&mut self, left: &'a Expr, right: &'a Expr, span: Span) -> Typed {
        let (a, b) = self.pair(left, right);
        if is_error(&a.ty) || is_error(&b.ty) {
            return self.error(span);
        }
        for (read, expr) in [(&a, left), (&b, right)] {
            if !matches!(read.ty.kind, Kind::List(_) | Kind::Set(_) | Kind::Cidr) {
                let message = format!(
                    "`overlaps` compares lists, sets and networks, found {}",
                    shown(&read.ty)
                );
                let help = matches!(read.ty.kind, Kind::Ip)
                    .then(|| "whether an address lies in a network is asked by `in`".to_owned());
                return self.mismatch(expr.place.0, message, help);
            }
        }
        let (one, other) = (
            a.ty.member().unwrap_or(&a.ty),
            b.ty.member().unwrap_or(&b.ty),
        );
        let scalar = !matches!(one.kind, Kind::Record(_) | Kind::List(_) | Kind::Set(_));
        if !scalar || !same_kind(one, other) {
            let message = format!(
                "`overlaps` compares members of one type, found {} and {}",
                shown(one),
                shown(other)
            );
            let help =
                (!scalar).then(|| "compare a field of theirs: `a.name overlaps b.name`".to_owned());
            return self.mismatch(span, message, help);
        }
        self.bool(Op::Overlaps(a.node, b.node), span)
    }

    fn text_test(
        &mut self,
        operator: Binary,
        test: TextTest,
        left: &'a Expr,
        right: &'a Expr,
        span: Span,
    ) -> Typed {
        let text = Type::of(Kind::Text);
        let a = self.expr(left, Some(&text));
        let b = self.expr(right, Some(&text));
        let written = matches!(&right.kind, ExprKind::Literal(it) if it.kind == LiteralKind::Text);
        if test == TextTest::Matches
            && !written
            && !is_error(&b.ty)
            && matches!(b.ty.kind, Kind::Text)
        {
            let message = "the pattern of `matches` is written out".to_owned();
            return self.mismatch(
                right.place.0,
                message,
                Some("write it in quotes: `matches \"vpn*\"`".to_owned()),
            );
        }
        self.texts(operator.symbol(), test, (a, left), (b, right), span)
    }

    fn texts(
        &mut self,
        operator: &str,
        test: TextTest,
        (a, left): (Typed, &Expr),
        (b, right): (Typed, &Expr),
        span: Span,
    ) -> Typed {
        if is_error(&a.ty) || is_error(&b.ty) {
            return self.error(span);
        }
        for (read, expr) in [(&a, left), (&b, right)] {
            if matches!(read.ty.kind, Kind::Text) {
                continue;
            }
            if let ExprKind::Literal(it) = &expr.kind {
                self.analysed
                    .report_wrong_constant(it, &Type::of(Kind::Text));
                return self.error(span);
            }
            let message = format!("`{operator}` compares texts, found {}", shown(&read.ty));
            return self.mismatch(expr.place.0, message, None);
        }
        self.bool(Op::TextTest(test, a.node, b.node), span)
    }

    pub(super) fn is(&mut self, operand: &'a Expr, negated: bool, test: Test, span: Span) -> Typed {
        let read = self.expr(operand, None);
        if is_error(&read.ty) {
            return self.error(span);
        }
        let place = operand.place.0;
        let (op, negated) = match test {
            Test::Absent | Test::Present => {
                self.warn_never_absent(&read, place, test);
                (Op::IsAbsent(read.node), negated != (test == Test::Present))
            }
            Test::Empty => match read.ty.kind {
                Kind::List(_) | Kind::Set(_) | Kind::Text => (Op::IsEmpty(read.node), negated),
                _ => {
                    let message = format!(
                        "`is empty` asks of a list, set or text, found {}",
                        shown(&read.ty)
                    );
                    let help = read.ty.optional.then(|| "ask `is absent`".to_owned());
                    return self.mismatch(place, message, help);
                }
            },
            Test::Base64 => match read.ty.kind {
                Kind::Text => (Op::IsBase64(read.node), negated),
                _ => {
                    let message = format!("`is base64` asks of a text, found {}", shown(&read.ty));
                    return self.mismatch(place, message, None);
                }
            },
        };
        let read = self.bool(op, span);
        if negated { self.not(read, span) } else { read }
    }

    fn warn_never_absent(&mut self, read: &Typed, place: Span, test: Test) {
        if read.ty.optional {
            return;
        }
        let text = self.analysed.sources.slice(place);
        let always = if test == Test::Absent {
            "false"
        } else {
            "true"
        };
        let message = format!("`{text}` is never absent: its type is {}", shown(&read.ty));
        let help = match read.ty.kind {
            Kind::List(_) | Kind::Set(_) => "ask `is empty`".to_owned(),
            _ => format!("this is always {always}; declare the type with `?` if it may be absent"),
        };
        self.analysed
            .report(codes::NEVER_ABSENT.at(place, message).help(help));
    }

    fn arithmetic(
        &mut self,
        plus: bool,
        left: &'a Expr,
        right: &'a Expr,
        span: Span,
        want: Option<&Type>,
    ) -> Typed {
        let bare = want.map(without_range);
        let a = self.expr(left, bare.as_ref());
        let b = self.expr(right, Some(&without_range(&a.ty)));
        if is_error(&a.ty) || is_error(&b.ty) {
            return self.error(span);
        }
        let kind = match (&a.ty.kind, &b.ty.kind, plus) {
            (Kind::Int(_), Kind::Int(_), _) if is_constant(left) || is_constant(right) => {
                Kind::Int(None)
            }
            (Kind::Int(_), Kind::Int(_), _) => {
                let operator = if plus { "+" } else { "-" };
                let finding = codes::BAD_ARITHMETIC
                    .at(span, format!("`{operator}` takes a constant on one side"))
                    .help("compare the two quantities with each other, or with a constant");
                self.analysed.report(finding);
                return self.error(span);
            }
            (Kind::Time, Kind::Duration(_), _) | (Kind::Duration(_), Kind::Time, true) => {
                Kind::Time
            }
            (Kind::Time, Kind::Time, false) | (Kind::Duration(_), Kind::Duration(_), _) => {
                Kind::Duration(None)
            }
            _ => return self.bad_arithmetic(plus, &a, &b, span),
        };
        let ty = Type {
            kind,
            optional: a.ty.optional || b.ty.optional,
        };
        let op = if plus {
            Op::Add(a.node, b.node)
        } else {
            Op::Subtract(a.node, b.node)
        };
        self.node(op, ty, span)
    }

    fn bad_arithmetic(&mut self, plus: bool, a: &Typed, b: &Typed, span: Span) -> Typed {
        let (verb, operator) = if plus {
            ("added", "+")
        } else {
            ("subtracted", "-")
        };
        let message = format!("{} and {} cannot be {verb}", shown(&a.ty), shown(&b.ty));
        let finding = codes::BAD_ARITHMETIC.at(span, message).help(format!(
            "`{operator}` takes int and a constant, time and duration, two durations, or two times (`-` only)"
        ));
        self.analysed.report(finding);
        self.error(span)
    }
}

pub(super) fn is_ordered(ty: &Type) -> bool {
    matches!(
        ty.kind,
        Kind::Int(_) | Kind::Version | Kind::Time | Kind::Duration(_)
    )
}

fn without_range(ty: &Type) -> Type {
    match ty.kind {
        Kind::Int(_) => Type {
            kind: Kind::Int(None),
            optional: ty.optional,
        },
        // A time less a duration, or a duration: the constant says itself which.
        _ => ty.clone(),
    }
}

fn is_constant(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Literal(_) => true,
        ExprKind::Binary(Binary::Plus | Binary::Minus, left, right) => {
            is_constant(left) && is_constant(right)
        }
        _ => false,
    }
}
