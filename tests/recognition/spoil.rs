//! What happens to a message on its way: placeholders are filled, it is cut, misread, put into a mail. The same each time.

/// A small generator of numbers, so that the noise is the same everywhere.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }
}

/// Names in place of `…` and `<..>`.
pub fn filled(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                out.push_str("contoso-hub");
            }
            _ if inside => {}
            '…' => out.push_str("contoso-hub"),
            c => out.push(c),
        }
    }
    out
}

/// The first half of its characters.
pub fn first_half(text: &str) -> String {
    let count = text.chars().count();
    text.chars().take(count.div_ceil(2)).collect()
}

/// The second half of its characters.
pub fn second_half(text: &str) -> String {
    let count = text.chars().count();
    text.chars().skip(count / 2).collect()
}

/// One character in ten is another one, missing, or followed by another one.
pub fn misread(text: &str, dice: &mut Dice) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if dice.roll(10) != 0 {
            out.push(c);
            continue;
        }
        let other = match u32::from(c) {
            at @ 0x3041.. => char::from_u32(at + 1 + dice.roll(40) as u32).unwrap_or('口'),
            _ => char::from(b"abcdefghijklmnopqrstuvwxyz0123456789"[dice.roll(36) as usize]),
        };
        match dice.roll(5) {
            0 => {}
            1 => out.extend([c, other]),
            _ => out.push(other),
        }
    }
    out
}

/// A mail around it, wrapped at 72 characters.
pub fn mailed(text: &str) -> String {
    let mut line = 0;
    let wrapped: String = text
        .split(' ')
        .map(|word| {
            line += word.chars().count() + 1;
            let end = if line > 72 { "\n" } else { " " };
            if line > 72 {
                line = 0;
            }
            format!("{word}{end}")
        })
        .collect();
    format!(
        "Hi support team,\n\nsince this morning I cannot connect from home any more. I have restarted the laptop twice\n\
         and also changed the cable, the internet itself works (I am writing from the same machine).\n\
         The window says:\n\n> {wrapped}\n\nCan you please have a look? My colleague in the next office has no such problem.\n\
         You can reach me until 17:00, or on Monday 2026-11-02.\n\nBest regards,\nSam\n--\n\
         Sam Example | Contoso Ltd. | Phone +1 555 0100 | Room 812\n"
    )
}
