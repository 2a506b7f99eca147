//! A compiled pack inside of an async program: the places of a round are read side by side, by whatever runtime the program has.
//! Here a waker that unparks the thread stands for one: `embed_async PACK COMPLAINT GATEWAY`.

use std::error::Error;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use rulec_eval::serde_json::json;
use rulec_eval::{Answer, CaseInput, Given, Pack, Provenance, Report, Request};

/// What a place will answer.
pub type Reading = Pin<Box<dyn Future<Output = Answer> + Send>>;

/// What a complaint comes from. To cancel it, drop the future.
pub async fn diagnose(
    pack: &[u8],
    complaint: &str,
    gateway: &str,
    read: impl Fn(Request) -> Reading,
) -> Result<Report, Box<dyn Error + Send + Sync>> {
    let input = CaseInput {
        texts: vec![complaint.to_owned()],
        given: vec![Given::new("gateway_id", gateway)],
        ..CaseInput::default()
    };
    let loaded = Pack::open(pack)?.load(&input)?;
    let mut session = loaded.session(input)?;
    while !session.finished() {
        let asked = session.requests();
        let readings = asked.iter().map(|(_, request)| read(request.clone()));
        let answers = side_by_side(readings.collect()).await;
        for ((id, _), answer) in asked.into_iter().zip(answers) {
            session.answer(id, answer);
        }
    }
    Ok(session.report())
}

/// All of them, in their order.
async fn side_by_side(mut readings: Vec<Reading>) -> Vec<Answer> {
    let mut answers: Vec<Option<Answer>> = vec![None; readings.len()];
    poll_fn(move |context| {
        for (reading, answer) in readings.iter_mut().zip(&mut answers) {
            if answer.is_none()
                && let Poll::Ready(new) = reading.as_mut().poll(context)
            {
                *answer = Some(new);
            }
        }
        match answers.iter().all(Option::is_some) {
            true => Poll::Ready(answers.drain(..).flatten().collect()),
            false => Poll::Pending,
        }
    })
    .await
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Waits for a future on this thread.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, complaint, gateway] = arguments.as_slice() else {
        return Err("usage: embed_async PACK COMPLAINT GATEWAY".into());
    };
    let read = |_: Request| -> Reading {
        let resource = json!({ "properties": { "provisioningState": "Failed" } });
        Box::pin(async move { Answer::Found(resource.into(), Provenance::default()) })
    };
    let pack = std::fs::read(file)?;
    for verdict in block_on(diagnose(&pack, complaint, gateway, read))?.verdicts {
        println!("{}: {:?}", verdict.rule, verdict.verdict);
    }
    Ok(())
}
