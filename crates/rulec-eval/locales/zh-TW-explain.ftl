# 證明、反向說明與對話的用詞。每個鍵在各語言中都必須存在，由測試確認。

proof-confirmed = 已確認
proof-ruled-out = 已排除
proof-open = 尚未確定
proof-forced = { $count ->
    [0] 不需要任何事實即可判定
   *[other] 由下列 { $count } 項事實即可判定
 }
proof-smallest = 沒有更少的事實可以做到
proof-not-smallest = 其中任何一項都不可省略；是否有更少的其他事實可以做到，在限制內未能查明
proof-nothing-forces = 目前已知的事實不足以判定。
proof-full = 依據所有已知的事實
heading-proof = 證明
proof-only-there = 只看是否存在
proof-symptoms-true = 有一個徵狀成立
proof-symptoms-false = 沒有任何徵狀成立
proof-symptoms-unknown = 徵狀是否成立尚未確定
proof-present-true = { $name } 存在
proof-present-false = { $name } 不存在
proof-present-unknown = { $name } 是否存在尚未確定
proof-free-true = { $name } 存在，且沒有其他原因可以解釋
proof-free-false = { $name } 不存在，或有其他原因可以解釋
proof-free-unknown = { $name } 是否存在且沒有其他原因可以解釋，尚未確定
proof-unclaimed-true = { $name } 沒有其他已確認的原因
proof-unclaimed-false = { $name } 已有其他已確認的原因
proof-unclaimed-unknown = { $name } 是否有其他已確認的原因，尚未確定
proof-named-true = 回報內容提到了它
proof-named-false = 回報內容沒有提到它
proof-named-unknown = 回報內容是否提到它尚未確定
proof-reported-true = 已回報 { $name }
proof-reported-false = 沒有回報 { $name }
proof-reported-unknown = 是否回報 { $name } 尚未確定
proof-answered-true = 有人回答「是」
proof-answered-false = 有人回答「否」
proof-answered-unknown = 尚未詢問任何人
proof-rule-true = { $name } 已確認
proof-rule-false = { $name } 未確認
proof-rule-unknown = { $name } 尚未確定
proof-and-true = 下列各項全部成立
proof-and-false = 下列各項並非全部成立
proof-and-unknown = 下列各項是否全部成立尚未確定
proof-or-true = 下列至少一項成立
proof-or-false = 下列各項都不成立
proof-or-unknown = 下列各項沒有已知成立的
proof-before = 見上文
proof-deeper = 不再往下說明
proof-left-out = 另有 { $count } 個項目

next-nothing = 沒有尚未確定的項目：任何事實都不會再改變判定。
next-open = 尚未確定：{ $rules }
next-open-count = 有 { $count } 條規則尚未確定；用 --full 列出
heading-next = 接下來查明
next-foretold = 套件的假設已預示其結果；因為假設不是證據，所以排在最後
next-rules = 決定 { $rules }
next-then = 之後：{ $facts }
next-if = 若 { $condition } → { $text }
next-confirms = 確認 { $rules }
next-rules-out = 排除 { $rules }
title-now = 發生的時間
how-now = --now 2026-01-31T08:00:00Z，或 case.yaml 中的「now」
how-param = --param { $name }=值，或 case.yaml 中的「params」
next-more = 另有 { $count } 項事實；用 --full 顯示

ask-head = 問題 { $number }（尚有 { $count } 條規則未確定）
ask-keys = -  不知道    ?  為什麼    <  收回    .  結束
ask-hint-yes-no = 是 或 否
ask-hint-list = 多項以逗號分隔，或輸入「無」
ask-hint-record = 以 JSON 表示的記錄
ask-hint-value = 一個值，或輸入「無」
ask-hint-int = 一個整數，或輸入「無」
ask-hint-duration = 一段時間，例如 40s、7min、2h 或 3d，或輸入「無」
ask-hint-version = 一個版本，例如 10.0.19045，或輸入「無」
ask-hint-ip = 一個位址，例如 10.0.0.4，或輸入「無」
ask-hint-cidr = 一個網路，例如 10.0.0.0/8，或輸入「無」
ask-hint-code = 一個錯誤碼，例如 0x80090326，或輸入「無」
ask-words-yes = 是 y yes
ask-words-no = 否 不是 n no
ask-words-none = 無 none
ask-yes-or-no = 請回答「是」或「否」；不知道時輸入 -
ask-refused = 不符合。需要的是：{ $text }
ask-taken-back = 已收回關於 { $name } 的回答
ask-nothing-to-take-back = 沒有可以收回的回答
ask-why = 它決定 { $rules }。
ask-name = 在規則中以及 --facts 使用的名稱是 { $name }。

why-not-way = 若下列 { $count } 項有所不同，即可確認
why-not-or = 或者，若下列 { $count } 項有所不同
why-not-smallest = 已證明更少的變更無法做到
why-not-undecided = 是否有更少的變更可以做到，未能判定：至少需要 { $count } 項
why-not-now = 目前為 { $value }
why-not-other-text = 其他任何文字
why-not-each = { $count } 筆，每筆皆為 { $value }
why-not-symptom = 需要有人回報 { $name }
why-not-none = 未能判定：已嘗試的 { $count } 種狀態都無法確認它，但未能證明沒有任何狀態可以確認它。目前不成立的條件可用 rulec why 查看。
why-not-impossible = 已證明：只要其他一切維持現狀，無論它所讀取的事實為何，都無法確認它。
