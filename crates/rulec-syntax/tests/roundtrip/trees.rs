//! Random trees of every statement and expression, within the lexical rules of the grammar.
//!
//! Each strategy makes what the parser can give: for instance `verify` never holds a bare text as condition.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use rulec_syntax::ast::*;

use super::words::*;

/// A file of up to eight statements.
pub fn file() -> impl Strategy<Value = File> {
    vec(statement(), 1..8).prop_map(|statements| File {
        statements,
        ..File::default()
    })
}

/// Any statement.
pub fn statement() -> impl Strategy<Value = Statement> {
    (doc(), item(), vec(allow(), 0..2), any::<bool>()).prop_map(
        |(doc, item, allows, blank_before)| Statement {
            doc,
            item,
            allows,
            place: Place::default(),
            comments: Vec::new(),
            blank_before,
        },
    )
}

fn allow() -> impl Strategy<Value = Allow> {
    (kebab(), raw_text()).prop_map(|(code, reason)| Allow { code, reason })
}

fn item() -> BoxedStrategy<Item> {
    prop_oneof![
        1 => pack().prop_map(Item::Pack),
        1 => dotted_kebab().prop_map(|name| Item::Use(Use { name })),
        1 => param().prop_map(Item::Param),
        2 => type_def().prop_map(Item::Type),
        2 => fact().prop_map(Item::Fact),
        2 => let_statement().prop_map(Item::Let),
        1 => expr().prop_map(|condition| Item::Assume(Assume { condition })),
        2 => symptom().prop_map(Item::Symptom),
        3 => rule().prop_map(Item::Rule),
        2 => fix().prop_map(Item::Fix),
        2 => test_case().prop_map(Item::Test),
    ]
    .boxed()
}

fn pack() -> impl Strategy<Value = Pack> {
    let level = prop_oneof![Just("off"), Just("note"), Just("warning"), Just("error")];
    let levels = (kebab(), level, text()).prop_map(|(code, level, reason)| LevelClause {
        code,
        level: name(level),
        reason,
    });
    (
        dotted_kebab(),
        "[0-9]{1,2}\\.[0-9]{1,2}\\.[0-9]{1,2}",
        option::of(decimal()),
        vec(levels, 0..3),
    )
        .prop_map(|(pack, version, language, levels)| Pack {
            name: pack,
            version: name(&version),
            language,
            levels,
        })
}

fn param() -> impl Strategy<Value = Param> {
    let ty = prop_oneof![
        3 => type_expr(),
        1 => text().prop_map(|kind| type_of(TypeKind::Arm(kind), false)),
    ];
    (fact_name(), ty, option::of(text())).prop_map(|(name, ty, ask)| Param { name, ty, ask })
}

fn type_def() -> impl Strategy<Value = TypeDef> {
    (
        type_name(),
        prop_oneof![enumeration(), record(type_expr().boxed())],
    )
        .prop_map(|(name, kind)| TypeDef {
            name,
            ty: type_of(kind, false),
        })
}

fn type_of(kind: TypeKind, optional: bool) -> TypeExpr {
    TypeExpr {
        kind,
        optional,
        place: Place::default(),
    }
}

fn plain_type() -> impl Strategy<Value = TypeKind> {
    let unit = prop_oneof![Just("s"), Just("ms"), Just("min"), Just("h"), Just("d")];
    prop_oneof![
        Just(TypeKind::Bool),
        option::of((integer(), integer())).prop_map(TypeKind::Int),
        Just(TypeKind::String),
        Just(TypeKind::Version),
        Just(TypeKind::Time),
        option::of(unit.prop_map(name)).prop_map(TypeKind::Duration),
        Just(TypeKind::Ip),
        Just(TypeKind::Cidr),
        Just(TypeKind::Code),
        enumeration(),
        type_name().prop_map(TypeKind::Named),
    ]
}

fn type_expr() -> impl Strategy<Value = TypeExpr> {
    let leaf = (plain_type(), any::<bool>()).prop_map(|(kind, optional)| type_of(kind, optional));
    leaf.prop_recursive(2, 8, 4, |inner| {
        let required = inner.clone().prop_map(|ty| TypeExpr {
            optional: false,
            ..ty
        });
        let kind = prop_oneof![
            required.clone().prop_map(|ty| TypeKind::List(Box::new(ty))),
            required.prop_map(|ty| TypeKind::Set(Box::new(ty))),
            record(inner.boxed()),
        ];
        (kind, any::<bool>()).prop_map(|(kind, optional)| type_of(kind, optional))
    })
}

fn enumeration() -> impl Strategy<Value = TypeKind> {
    let wire = prop_oneof![integer(), text_literal()];
    let member = (doc(), member_name(), option::of(wire), option::of(text())).prop_map(
        |(doc, name, wire, label)| Member {
            doc,
            name,
            wire,
            label,
        },
    );
    (vec(member, 1..5), option::of(member_name()))
        .prop_map(|(members, other)| TypeKind::Enum(members, other))
}

fn record(ty: BoxedStrategy<TypeExpr>) -> impl Strategy<Value = TypeKind> {
    let field = (
        doc(),
        field_name(),
        ty,
        option::of(text()),
        option::of(value()),
        option::of(text()),
        any::<bool>(),
    )
        .prop_map(|(doc, name, ty, at, default, ask, secret)| Field {
            doc,
            name,
            ty,
            at,
            default,
            ask,
            secret,
        });
    vec(field, 1..4).prop_map(TypeKind::Record)
}

fn fact() -> impl Strategy<Value = Fact> {
    (
        fact_name(),
        type_expr(),
        vec(source(), 0..3),
        option::of(value()),
        option::of(text()),
        option::of(field_name()),
        option::of(duration()),
        any::<bool>(),
    )
        .prop_map(
            |(name, ty, sources, default, ask, reports, cost, secret)| Fact {
                name,
                ty,
                sources,
                default,
                ask,
                reports,
                cost,
                secret,
            },
        )
}

fn source() -> impl Strategy<Value = Source> {
    let plain = prop_oneof![
        text().prop_map(ArgumentValue::Text),
        literal()
            .prop_filter("a number or text", is_number_or_text)
            .prop_map(ArgumentValue::Literal),
    ]
    .prop_map(|value| match value {
        ArgumentValue::Literal(literal) if literal.kind == LiteralKind::Text => {
            ArgumentValue::Text(Text {
                text: literal.text,
                place: literal.place,
            })
        }
        other => other,
    });
    let argument = prop_oneof![
        2 => (argument_name(), vec(plain, 0..3)).prop_map(|(name, values)| Argument { name, values }),
        1 => (prop_oneof![Just("as"), Just("status")], kebab()).prop_map(|(word, value)| Argument {
            name: name(word),
            values: vec![ArgumentValue::Word(value)],
        }),
    ];
    (
        prop_oneof![
            Just("azure"),
            Just("windows"),
            Just("file"),
            Just("network")
        ],
        kebab(),
        option::of(text()),
        vec(argument, 0..3),
        option::of((field_name(), path())),
        option::of(text()),
        option::of(text()),
    )
        .prop_map(|(system, kind, locator, arguments, each, on, at)| Source {
            system: name(system),
            kind,
            locator,
            arguments,
            each,
            on,
            at,
            place: Place::default(),
        })
}

fn is_number_or_text(literal: &Literal) -> bool {
    literal.kind != LiteralKind::Bool
}

fn let_statement() -> impl Strategy<Value = Let> {
    (fact_name(), option::of(type_expr()), expr()).prop_map(|(name, ty, value)| Let {
        name,
        ty,
        value,
    })
}

fn symptom() -> impl Strategy<Value = Symptom> {
    let sign = prop_oneof![
        code().prop_map(Sign::Code),
        raw_text().prop_map(Sign::Text),
        text().prop_map(Sign::Hint),
        text().prop_map(Sign::Ask),
        expr().prop_map(Sign::SeenWhen),
    ];
    (kebab(), vec(sign, 1..5)).prop_map(|(name, signs)| Symptom { name, signs })
}

fn symptom_refs() -> impl Strategy<Value = Vec<SymptomRef>> {
    let one = prop_oneof![
        kebab().prop_map(SymptomRef::Name),
        text().prop_map(SymptomRef::Code),
    ];
    vec(one, 1..4)
}

fn rule() -> impl Strategy<Value = Rule> {
    let symptoms = prop_oneof![
        Just(Symptoms::Any(Place::default())),
        symptom_refs().prop_map(Symptoms::Listed),
    ];
    let overrides = prop_oneof![
        Just(Overrides::None),
        Just(Overrides::All(Place::default())),
        vec(kebab(), 1..4).prop_map(Overrides::Listed),
    ];
    let likelihood = prop_oneof![Just("common"), Just("occasional"), Just("rare")].prop_map(name);
    let long = (
        any::<bool>(),
        overrides,
        option::of(likelihood),
        option::of(text()),
    );
    (
        option::of(kebab()),
        option::of(symptoms),
        option::of(expr()),
        option::of(long),
        plan(),
    )
        .prop_map(|(name, symptoms, when, long, plan)| {
            let (otherwise, overrides, likelihood, cause) = match long {
                Some((otherwise, overrides, likelihood, cause)) => {
                    (otherwise, overrides, likelihood, cause)
                }
                None => (false, Overrides::None, None, None),
            };
            Rule {
                symptoms: symptoms.unwrap_or(match name {
                    Some(_) => Symptoms::None,
                    None => Symptoms::Any(Place::default()),
                }),
                name,
                when,
                otherwise: otherwise.then(Place::default),
                overrides,
                likelihood,
                cause,
                plan,
            }
        })
}

fn plan() -> impl Strategy<Value = Plan> {
    let fix = prop_oneof![
        kebab().prop_map(FixRef::Name),
        text().prop_map(FixRef::Text)
    ];
    let link = prop_oneof![
        Just(Link::And),
        Just(Link::Or),
        Just(Link::Else),
        Just(Link::Meanwhile),
    ];
    prop_oneof![
        1 => Just(Plan::NoFix(Place::default())),
        5 => (fix.clone(), link, vec(fix, 0..3)).prop_map(|(first, link, rest)| Plan::Fixes {
            first,
            link: if rest.is_empty() { Link::And } else { link },
            rest,
        }),
    ]
}

fn fix() -> impl Strategy<Value = Fix> {
    let step = (text(), option::of(expr())).prop_map(|(text, when)| Step { text, when });
    let levels = ["none", "restart", "outage", "data-loss", "security"];
    let scopes = [
        "user",
        "machine",
        "network",
        "gateway",
        "all-clients",
        "tenant",
    ];
    let risk = (
        proptest::sample::select(levels.to_vec()),
        option::of(proptest::sample::select(scopes.to_vec())),
        option::of(text()),
    )
        .prop_map(|(level, scope, note)| Risk {
            level: name(level),
            scope: scope.map(name),
            note,
        });
    let need = prop_oneof![
        Just(Need::Administrator(Place::default())),
        text().prop_map(Need::Azure),
        text().prop_map(Need::Entra),
    ];
    let condition = expr().prop_filter("a bare text is `Verify::Text`", |expr| {
        !matches!(&expr.kind, ExprKind::Literal(literal) if literal.kind == LiteralKind::Text)
    });
    let verify = prop_oneof![
        condition.prop_map(Verify::Condition),
        text().prop_map(Verify::Text),
    ];
    (
        kebab(),
        vec(step, 1..3),
        vec(risk, 0..3),
        vec(need, 0..3),
        vec(kebab(), 0..4),
        vec(verify, 0..3),
        vec(text(), 0..2),
        vec(text(), 0..2),
    )
        .prop_map(
            |(name, steps, risks, needs, excludes, verify, undo, docs)| Fix {
                name,
                steps,
                risks,
                needs,
                excludes,
                verify,
                undo,
                docs,
            },
        )
}

fn test_case() -> impl Strategy<Value = TestCase> {
    let names = || vec(kebab(), 1..3);
    let expect = prop_oneof![
        names().prop_map(Expect::Confirmed),
        names().prop_map(Expect::RuledOut),
        (names(), vec(path(), 0..3)).prop_map(|(rules, needs)| Expect::Open { rules, needs }),
        Just(Expect::NothingElse(Place::default())),
        Just(Expect::Others(Place::default())),
    ];
    let line = prop_oneof![
        text().prop_map(TestLine::GivenCase),
        text().prop_map(TestLine::GivenTest),
        raw_text().prop_map(TestLine::Pasted),
        symptom_refs().prop_map(TestLine::Symptom),
        time().prop_map(TestLine::Now),
        (path(), value()).prop_map(|(path, value)| TestLine::Set(path, value)),
        (path(), value()).prop_map(|(path, value)| TestLine::Set(path, value)),
        expect.prop_map(TestLine::Expect),
    ];
    (raw_text(), vec(line, 1..6)).prop_map(|(name, lines)| TestCase { name, lines })
}

/// A value of a test or after `default`.
pub fn value() -> impl Strategy<Value = Value> {
    let of = |kind| Value {
        kind,
        place: Place::default(),
    };
    let reasons = ["denied", "timed-out", "not-collected", "malformed"];
    let reason = proptest::sample::select(reasons.to_vec()).prop_map(name);
    let leaf = prop_oneof![
        4 => literal().prop_map(ValueKind::Literal),
        1 => member_name().prop_map(ValueKind::Word),
        1 => code().prop_map(ValueKind::Code),
        1 => Just(ValueKind::Absent),
        1 => option::of(reason).prop_map(ValueKind::Unknown),
    ];
    leaf.prop_map(of).prop_recursive(3, 12, 4, move |inner| {
        prop_oneof![
            (decimal(), inner.clone())
                .prop_filter("one count", |(_, value)| !matches!(
                    value.kind,
                    ValueKind::Of(..)
                ))
                .prop_map(|(count, element)| ValueKind::Of(count, Box::new(element))),
            vec(inner.clone(), 0..5).prop_map(ValueKind::List),
            vec((field_name(), inner), 0..4).prop_map(ValueKind::Record),
        ]
        .prop_map(of)
    })
}

/// An expression of any kind.
pub fn expr() -> impl Strategy<Value = Expr> {
    let leaf = prop_oneof![
        3 => literal().prop_map(ExprKind::Literal),
        1 => code().prop_map(ExprKind::Code),
        1 => Just(ExprKind::Now),
        1 => Just(ExprKind::Reported),
        6 => path().prop_map(ExprKind::Path),
    ];
    leaf.prop_map(expr_of).prop_recursive(4, 24, 4, |inner| {
        compound(inner).prop_map(bound).prop_map(expr_of)
    })
}

/// Each part of a quantifier's body mentions its variable, as the language demands.
fn bound(mut kind: ExprKind) -> ExprKind {
    if let ExprKind::Quantified { variable, body, .. } = &mut kind {
        match &mut body.kind {
            ExprKind::And(parts) => parts.iter_mut().for_each(|part| bind(part, variable)),
            _ => bind(body, variable),
        }
    }
    kind
}

fn bind(part: &mut Expr, variable: &Name) {
    let mention = expr_of(ExprKind::Path(Path {
        pack: None,
        name: name(&format!("{}.seen", variable.text)),
    }));
    if matches!(
        part.kind,
        ExprKind::Literal(_) | ExprKind::Now | ExprKind::Path(_)
    ) {
        *part = mention;
    } else {
        let rest = std::mem::replace(part, mention.clone());
        let parts = (Box::new(mention), Box::new(rest));
        *part = expr_of(match &parts.1.kind {
            ExprKind::Or(_) | ExprKind::Quantified { .. } | ExprKind::Not(_) => {
                ExprKind::Or(vec![*parts.0, *parts.1])
            }
            ExprKind::Match { .. } | ExprKind::Each { .. } => {
                ExprKind::Binary(Binary::In, parts.0, parts.1)
            }
            _ => ExprKind::Binary(Binary::Equal, parts.0, parts.1),
        });
    }
}

fn expr_of(kind: ExprKind) -> Expr {
    Expr {
        kind,
        place: Place::default(),
    }
}

fn compound(inner: BoxedStrategy<Expr>) -> impl Strategy<Value = ExprKind> {
    let one = || inner.clone().prop_map(Box::new);
    let tests = [Test::Absent, Test::Present, Test::Empty, Test::Base64];
    let quantifiers = [Quantifier::Any, Quantifier::All, Quantifier::No];
    prop_oneof![
        (call(inner.clone()), field_path())
            .prop_map(|(call, field)| ExprKind::Field(Box::new(expr_of(call)), field)),
        (one(), field_path()).prop_filter_map("a path takes its fields itself", |(base, field)| {
            let own = matches!(base.kind, ExprKind::Path(_) | ExprKind::Field(..));
            (!own).then_some(ExprKind::Field(base, field))
        }),
        call(inner.clone()),
        one().prop_map(ExprKind::Not),
        vec(inner.clone(), 2..4).prop_map(ExprKind::And),
        vec(inner.clone(), 2..4).prop_map(ExprKind::Or),
        (operator(), one(), one())
            .prop_map(|(operator, left, right)| ExprKind::Binary(operator, left, right)),
        (
            one(),
            any::<bool>(),
            proptest::sample::select(tests.to_vec())
        )
            .prop_map(|(operand, negated, test)| ExprKind::Is {
                operand,
                negated,
                test
            }),
        (
            proptest::sample::select(quantifiers.to_vec()),
            field_name(),
            one(),
            option::of(one()),
            one()
        )
            .prop_map(|(quantifier, variable, list, filter, body)| {
                ExprKind::Quantified {
                    quantifier,
                    variable,
                    list,
                    filter,
                    body,
                }
            }),
        (field_name(), one(), option::of(one())).prop_map(|(variable, list, filter)| {
            ExprKind::Each {
                variable,
                list,
                filter,
            }
        }),
        vec(inner.clone(), 0..4).prop_map(ExprKind::List),
        (one(), vec(arm(inner.clone()), 1..4))
            .prop_map(|(scrutinee, arms)| ExprKind::Match { scrutinee, arms }),
    ]
}

fn call(inner: BoxedStrategy<Expr>) -> impl Strategy<Value = ExprKind> {
    (field_name(), vec(inner, 0..3)).prop_map(|(name, arguments)| ExprKind::Call(name, arguments))
}

fn operator() -> impl Strategy<Value = Binary> {
    prop_oneof![
        Just(Binary::Equal),
        Just(Binary::NotEqual),
        Just(Binary::Less),
        Just(Binary::LessEqual),
        Just(Binary::Greater),
        Just(Binary::GreaterEqual),
        Just(Binary::In),
        Just(Binary::NotIn),
        Just(Binary::Contains),
        Just(Binary::Overlaps),
        Just(Binary::StartsWith),
        Just(Binary::EndsWith),
        Just(Binary::Matches),
        Just(Binary::Plus),
        Just(Binary::Minus),
    ]
}

fn arm(inner: BoxedStrategy<Expr>) -> impl Strategy<Value = Arm> {
    let pattern = prop_oneof![
        Just(Pattern::Absent(Place::default())),
        Just(Pattern::Else(Place::default())),
        member_name().prop_map(Pattern::Word),
        literal().prop_map(Pattern::Literal),
        code().prop_map(Pattern::Code),
    ];
    (vec(pattern, 1..3), inner).prop_map(|(patterns, value)| Arm { patterns, value })
}
