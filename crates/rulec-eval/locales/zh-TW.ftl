# 報告本身的用語。每個鍵在每個語系都必須存在；有測試檢查。

heading-symptom = 症狀
heading-candidates = 也可能是
heading-confirmed = 已確認 { $count } 個原因
heading-faults = 另外發現的問題（目前尚無人反映）
heading-latent = 在其他症狀下會是原因
heading-open = 未定
heading-ruled-out = 已排除
heading-missing = 缺少的事實
heading-questions = 尚未詢問是否出現的症狀
heading-facts = 已提供與自動填入
heading-files = 讀取的檔案
heading-broken = 不成立的假設

nothing-recognised = 無法辨識這段文字：{ $text }
nothing-recognised-at-all = 所述內容不符合此規則包的任何症狀，因此不檢查任何症狀的原因。
nothing-recognised-help = 請提供完整的錯誤訊息、錯誤碼，或症狀的名稱。
no-complaint = 未指定症狀：檢查規則包中的全部 { $count } 個症狀。
no-complaint-help = 請用 --symptom 指定：錯誤訊息、錯誤碼或症狀名稱。
open-count = 有 { $rules } 條規則未定，缺少 { $facts } 項事實。
open-count-help = 請說明使用者看到的症狀，或用 --full 全部列出。
folder-unreadable = 下列內容無法讀取，因此報告中沒有：
folder-unread = 沒有從案例讀取任何內容；未使用的檔案：{ $files }
folder-unread-more = 沒有從案例讀取任何內容；未使用的檔案：{ $files }，另有 { $count } 個
nothing-confirmed = 沒有已確認的原因。
nothing-left = 沒有已確認或未定的原因：此規則包不知道其他原因。

heading-recognised = 已辨識
heading-undecided = 為下列其中之一，但缺少足以區分的部分
heading-codes = 文字中的錯誤碼
belongs-to-nothing = 這段文字未指出此規則包的任何症狀。
code-claimed = 屬於 { $symptoms }
code-unclaimed = 此規則包中沒有症狀使用此代碼
codes-more = 另有 { $count } 個

by-name = 依名稱
by-code = 依錯誤碼 { $matched }
by-text = 依訊息文字
by-near = 依相近的訊息文字（相似度 { $percent }%）
by-hint = 僅為提示

because = 依據
fix = 修復
fix-none = 目前沒有已知的修復方法。
fix-and = 接著
fix-or = 或
fix-else = 若無效
fix-meanwhile = 在此之前的暫時緩解
only-if = 僅當{ $condition }

comma = 、
colon = ：
with-more = { $text }，{ $more }
in-brackets = （{ $text }）

plain-is = { $subject }：{ $value }
plain-not = 不是 { $value }
plain-and = ，且
plain-or = ，或
plain-group = （{ $text }）
plain-there = 存在
plain-some = 至少一項
plain-base64 = 純 base64
plain-less = 小於 { $value }
plain-at-most = 不大於 { $value }
plain-more = 大於 { $value }
plain-at-least = 不小於 { $value }
plain-with = 含有 { $value }
plain-without = 不含 { $value }
plain-containing = 含有 { $value }
plain-beginning = 以 { $value } 開頭
plain-ending = 以 { $value } 結尾
plain-like = 符合 { $value }
plain-any = 至少一項符合「{ $value }」
plain-no = 沒有任何一項符合「{ $value }」
plain-overlaps = 「{ $left }」與「{ $right }」有共同的部分
plain-same = 「{ $left }」與「{ $right }」相同
plain-among = 「{ $left }」在「{ $right }」之中
plain-not-among = 「{ $left }」不在「{ $right }」之中
risk = 風險
needs = 需要
excludes = 不可同時進行
verify = 檢查
undo = 復原
docs = 參考
likelihood-common = 常見
likelihood-occasional = 偶爾
likelihood-rare = 少見

risk-none = 無
risk-restart = 重新啟動
risk-outage = 中斷服務
risk-data-loss = 資料遺失
risk-security = 降低安全性
risk-for = { $risk }，影響{ $scope }
scope-user = 使用者
scope-machine = 這台電腦
scope-network = 網路
scope-gateway = 閘道
scope-all-clients = 所有用戶端
scope-tenant = 租用戶

need-administrator = 這台電腦的系統管理員
need-azure = Azure 角色「{ $role }」
need-entra = Entra 角色「{ $role }」

ruled-out-condition = 條件不成立
ruled-out-overridden = 由 { $rules } 取代
ruled-out-otherwise = 已確認其他原因：{ $rules }
ruled-out-symptoms = { $count } 條規則：無人回報其症狀

open-cause = 若成立：{ $cause }
open-needs = 需要 { $facts }
open-asks = 取決於是否出現 { $symptoms }
open-waits = 等待 { $rules }
missing-why = 原因
missing-from = 來源
missing-ask = 詢問
question-give = 若有：--symptom { $name }
missing-help = 查到的事實可用 --facts 提供，名稱寫在各項最前面。

value-absent = 不存在
value-none = 無
value-entries = { $count } 筆
value-yes = 是
value-no = 否
value-unknown = 未知（{ $reason }）
reason-not-collected = 尚未收集
reason-denied = 存取被拒
reason-timed-out = 逾時未回應
reason-unsupported = 此處無法讀取
reason-malformed = 內容不符合型別
reason-missing = 該處沒有內容
reason-over-budget = 過大而無法完整讀取

source-given = 由使用者提供
source-default = 預設值，該處沒有內容
source-ask = 由人員回答
source-case = 由案例自動填入
at-time = 於 { $time }
detail-only = 唯一的 { $kind }
detail-none = 案例中沒有 { $kind }
detail-time-over = 這個案例的時間已用完

broken-note = 檢查器的證明不適用於此案例。
