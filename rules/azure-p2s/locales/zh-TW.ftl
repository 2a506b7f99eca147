### azure.p2s，臺灣正體中文。原文寫在規則檔中；每則訊息上方的雜湊值是原文的指紋，原文更動後即過期。

# of title 82ca16, text bfc1f7
pack-azure-p2s =
    .title = Azure 點對站 VPN
    .text = 涵蓋連線到 Azure 虛擬網路閘道的 Windows 用戶端，以及進行相關設定的入口網站。

# of title d2ab3c, text 785245, question 27b88d
param-gateway_id =
    .title = 虛擬網路閘道
    .text = 閘道的資源識別碼；案例中若只有一個閘道，會自動帶入。
    .question = 虛擬網路閘道的資源識別碼是什麼？可在入口網站該閘道的「屬性」中查到。

# of title a09370, question b668dd
param-profile =
    .title = 用戶端上的 VPN 連線名稱
    .question = 這個 VPN 連線在 Windows 中叫什麼名稱？請看「設定」>「網路和網際網路」>「VPN」。

# of title ef6912, text 0226e8, question 7f2462
param-new_root_data =
    .title = 入口網站拒收的憑證資料
    .text = 當時貼到「公開憑證資料」欄位的文字，一字不改。
    .question = 當時貼到「公開憑證資料」欄位的是什麼文字？請原樣貼在這裡。若是私密金鑰或 .pfx，只要貼前 40 個字元。

# of title 93a492
type-Route =
    .title = 使用者定義的路由

# of title 9aa58d, text 0826ce
type-Route-prefix =
    .title = 目的地
    .text = 可能是網段，也可能是服務標籤的名稱，因此以文字表示。

# of title e6bb84
type-Route-next_hop =
    .title = 下一個躍點的類型

# of title bfcc83, text fe9a3a
type-Root =
    .title = 閘道上的根憑證
    .text = 由它簽發憑證的用戶端可以連線。

# of title a02e17
type-Root-name =
    .title = 根憑證在閘道上的名稱

# of title 02be75
type-Root-data =
    .title = Azure 保存的根憑證 Base64 文字

# of title b0870e
type-P2s =
    .title = 點對站設定

# of title 831140, text eeff96
type-P2s-auth =
    .title = 驗證類型
    .text = 較舊的 API 版本不會列出。

# of title 7c01cf
type-P2s-radius_server =
    .title = RADIUS 伺服器

# of title 5899e9
type-P2s-aad_tenant =
    .title = Entra 租用戶

# of title a037d4
type-P2s-roots =
    .title = 根憑證清單

# of title 6ee8d5, question c3f2f9
type-P2s-revoked =
    .title = 閘道拒絕的用戶端憑證指紋
    .question = 閘道的點對站設定頁面上，「已撤銷的憑證」列出哪些指紋？

# of title d2ab3c
type-Gateway =
    .title = 虛擬網路閘道

# of title 619551, question bad17f
type-Gateway-state =
    .title = 上次變更的狀態
    .question = 閘道的 JSON 檢視中，佈建狀態是哪一個：Succeeded、Updating、Failed 還是 Deleting？

# of title a3519e
type-Gateway-subnet =
    .title = GatewaySubnet 的資源識別碼

# of title b0870e
type-Gateway-p2s =
    .title = 點對站設定

# of title 7eda13
fact-gateway =
    .title = 這個虛擬網路閘道

# of title e1181a, text 54df89, question eb604b
fact-gateway_subnet-table =
    .title = GatewaySubnet 的路由表
    .text = 路由表的資源識別碼；子網路沒有路由表時即不存在。
    .question = GatewaySubnet 的路由表資源識別碼是什麼？若子網路沒有路由表，請回答不存在。

# of title c3e6b2, text bef90f
fact-gateway_subnet-routes =
    .title = GatewaySubnet 的路由
    .text = 沒有路由表就沒有路由。

# of title 64de3e, text 3ad73c
let-gateway_subnet-diversions =
    .title = 把 GatewaySubnet 的流量導向別處的路由
    .text = 下一個躍點若是 Internet，Azure 本來就會這樣送，不算在內。

# of title 4acf2f
let-udr-default_on_gateway_subnet =
    .title = GatewaySubnet 上有預設路由，不論是一整條還是分成兩半

# of title 1461af, text c5580b
let-gateway-takes_certificates =
    .title = 閘道以憑證驗證用戶端
    .text = API 沒有列出驗證類型時，以未設定其他類型為準。

# of title 7af6d7, text 302b47
let-gateway-broken_roots =
    .title = 資料不是憑證的根憑證
    .text = 第二個條件用來找出又多編碼一次的 PEM 檔，也就是「-----BEGIN」的 Base64。

# of title 08a122
let-gateway-readable_roots =
    .title = 資料可以讀取的根憑證

# of title 58cc37
let-gateway-expired_roots =
    .title = 已過期的根憑證

# of title 463b02
let-gateway-current_roots =
    .title = 尚未過期的根憑證

# of title 3ba1ce, question abe02d
fact-os-build =
    .title = Windows 組建編號
    .question = winver 顯示的組建編號是多少？例如 19045 或 22631。

# of title 36a916
fact-ras-failures =
    .title = 最近幾天的連線失敗紀錄

# of title f4f3f6
fact-ras-entry =
    .title = 電話簿中的 VPN 連線

# of title 135363
fact-certs-user_my =
    .title = 連線使用者個人存放區中的憑證

# of title caa98e, question 0bb483
fact-client-offered =
    .title = 連線時使用的用戶端憑證指紋
    .question = 失敗的那次連線用的是哪一張用戶端憑證？請提供指紋：certmgr.msc >「個人」>「憑證」>「詳細資料」。

# of title ad8014
fact-server-certificate =
    .title = 用戶端以 TLS 連到閘道時看到的憑證

# of title d66104, text 0e2add
fact-tls12-enabled =
    .title = 用戶端 TLS 1.2 是否啟用
    .text = 0 表示停用；不存在則依 Windows 版本的預設值。

# of title 9f43ff, text 7edf98
fact-tls12-disabled_by_default =
    .title = 用戶端 TLS 1.2 是否預設停用
    .text = 1 表示停用。

# of title 969f7f, text a1ace3
fact-tls12-eap_versions =
    .title = EAP-TLS 可用的 TLS 版本
    .text = 為 0xC0（1.0）、0x300（1.1）與 0xC00（1.2）的總和。

# of title b3991f
let-client-with_key =
    .title = 具有私密金鑰的用戶端憑證

# of title d9cfdc, text 2bf30a
let-client-under_current =
    .title = 由閘道上未過期的根憑證簽發的用戶端憑證
    .text = 依憑證鏈的根憑證判斷，或依簽章所用的金鑰判斷。

# of title 77ba98
let-client-under_expired =
    .title = 由閘道上已過期的根憑證簽發的用戶端憑證

# of title 840d98
let-client-foreign =
    .title = 使用者有用戶端憑證，但沒有一張是由閘道上可讀取的根憑證簽發

# of title f54528
let-client-in_time =
    .title = 由未過期的根憑證簽發且目前有效的用戶端憑證

# of title 232fc2, text 7389b6
let-client-usable =
    .title = 用途相符的有效用戶端憑證
    .text = 沒有列出用途，或用途包含用戶端驗證或任何用途。

# of title 4cd712
let-client-revoked =
    .title = 列在閘道撤銷清單中的可用用戶端憑證

# of title ffc101
let-client-accepted =
    .title = 閘道接受的用戶端憑證

# of title d6910c, text 1b7150
let-tls12-off =
    .title = 這台用戶端的 TLS 1.2 已停用
    .text = 在 Windows 10 之前，EAP-TLS 只有在設定 TlsVersion 之後才支援 TLS 1.2。

# of title 6a6625, text b981fa
let-server-publicly_issued =
    .title = 連接埠 443 的憑證由 Azure 使用的公開憑證授權單位簽發
    .text = 閘道的憑證由 DigiCert 或 Microsoft 簽發。

# of title b1d18c, text 819d26
symptom-message-badly-formatted-80090326 =
    .title = 收到的訊息不符預期或格式錯誤
    .text = 其中一方中斷了 TLS 交握；多半是閘道不接受用戶端的憑證。

# of title 267c61, cause 2d675c
rule-gateway-subnet-default-route =
    .title = GatewaySubnet 上有預設路由
    .cause = 路由表 { $gateway_subnet-table } 把 GatewaySubnet 的預設路由導向別處。閘道因此連不到 Azure 的管理端，回給用戶端的封包也走錯路。

# of title b76a38, cause a4e5db
rule-root-not-uploaded =
    .title = 用戶端的根憑證不在閘道上
    .cause = 使用者具有私密金鑰的憑證中，沒有一張是由閘道上的根憑證（{ $gateway-p2s-roots-name }）簽發。這些憑證的簽發者是：{ $client-with_key-issuer }。

# of title 74d88b, cause 6058e6
rule-root-data-corrupted =
    .title = 閘道上的根憑證無法讀取
    .cause = 閘道上根憑證 { $gateway-broken_roots-name } 的資料不是憑證，因此閘道不接受由它簽發的任何用戶端。

# of title 7b1393, cause 52aebd
rule-root-expired =
    .title = 閘道上的根憑證已過期
    .cause = 閘道上的根憑證 { $gateway-expired_roots-name } 已過期，而使用者沒有由其他根憑證簽發的憑證。

# of title 5a3fde, cause 6bc4f5
rule-client-certificate-revoked =
    .title = 用戶端憑證已在閘道上撤銷
    .cause = 用戶端憑證 { $client-revoked-thumbprint } 列在閘道的已撤銷憑證清單中。

# of title 816f41, cause d140c5
rule-client-certificate-expired =
    .title = 用戶端憑證已過期或尚未生效
    .cause = 由閘道根憑證簽發的用戶端憑證目前都無效。有效期間自 { $client-under_current-not_before } 至 { $client-under_current-not_after }。

# of title 105a4c, cause d91589
rule-client-certificate-wrong-purpose =
    .title = 用戶端憑證不能用於用戶端驗證
    .cause = 用戶端憑證 { $client-in_time-thumbprint } 缺少「用戶端驗證」用途（1.3.6.1.5.5.7.3.2）。

# of title 786256, cause bebcbf
rule-tls-inspected =
    .title = 通往閘道的 TLS 在途中被解開
    .cause = { $ras-entry-server } 連接埠 443 的憑證是由 { $server-certificate-issuer } 簽發。用戶端與閘道之間有 Proxy 或防火牆解開了 TLS。

# of title 5902da, cause 5bffe3
rule-tls-below-12 =
    .title = 用戶端的 TLS 1.2 已停用
    .cause = 這台用戶端停用了 TLS 1.2，而閘道不接受更舊的版本。

# of title b808c5, cause 7eb479
rule-gateway-change-failed =
    .title = 閘道的上次變更失敗
    .cause = 閘道的上次變更失敗。入口網站顯示的內容（包括根憑證）未必就是閘道實際使用的內容。

# of title e862cf, step-1 e77c36, step-2 80a4bc, step-3 049747, step-4 26da8b, risk a890e6, undo 53445c
fix-delete-default-route =
    .title = 刪除預設路由
    .step-1 = 先確認內部部署環境沒有依賴這條路由：它轉送的流量必須仍有路可走。
    .step-2 = 開啟路由表 { $gateway_subnet-table }，刪除路由 0.0.0.0/0，或 0.0.0.0/1 與 128.0.0.0/1 這兩條路由。其他路由保留不動。
    .step-3 = 「傳播閘道路由」維持開啟。
    .step-4 = 重新連線。
    .risk = 站對站與 ExpressRoute 使用同一個子網路：變更路由時，這些流量可能中斷數秒。
    .undo = 以相同的下一個躍點重新加入這條路由。

# of title cbfa5b, step-1 324b22, step-2 09eb35, step-3 26da8b, risk 9763fa, undo eef36a
fix-detach-route-table =
    .title = 解除 GatewaySubnet 與路由表的關聯
    .step-1 = 先記下 { $gateway_subnet-table } 的其他路由：這些路由在 GatewaySubnet 上也會一併失效。
    .step-2 = 「虛擬網路」>「子網路」> GatewaySubnet：把「路由表」設為「無」，然後儲存。
    .step-3 = 重新連線。
    .risk = 路由表的所有路由對站對站、ExpressRoute 與點對站流量都會失效。
    .undo = 在「子網路」> GatewaySubnet 重新選取這個路由表。

# of title 45b25b, step-1 4a1a3b, step-2 5050d7, step-3 26da8b, undo 9dfdb5
fix-import-client-certificate =
    .title = 安裝由閘道根憑證簽發的用戶端憑證
    .step-1 = 請人以根憑證 { $gateway-p2s-roots-name } 之一簽發用戶端憑證，並取得 .pfx 檔及其密碼。
    .step-2 = 以要連線的使用者身分開啟 .pfx：存放位置選「目前使用者」，存放區選「個人」。不要選取「加強私密金鑰保護」。
    .step-3 = 重新連線。
    .undo = 在 certmgr.msc 的「個人」中刪除這張憑證。

# of title 9a7982, step-1 1b82e6, step-2 6e45dd, step-3 1be11a, risk 27f453, risk-2 19e055, undo 36dca4
fix-upload-client-root =
    .title = 上傳用戶端的根憑證
    .step-1 = 匯出用戶端憑證的根憑證（不是用戶端憑證本身），格式選 Base-64 編碼 X.509 (.CER)，不含私密金鑰。
    .step-2 = 「點對站設定」>「根憑證」：新增一列並取新名稱，把 BEGIN 與 END 兩行之間的內容接成一行貼上。其他列保持原樣。
    .step-3 = 儲存，等到閘道的狀態為 Succeeded，再重新連線。
    .risk = 變更閘道需要數分鐘；現有連線可能中斷。
    .risk-2 = 凡是持有由這個根憑證簽發之憑證的人，都能連線。
    .undo = 刪除新增的那一列並儲存。

# of title d8e590, step-1 9089a6, step-2 aa1c1c, step-3 ef2faa, step-4 31efe8, risk 69efb6, undo 36dca4
fix-replace-corrupted-root =
    .title = 重新上傳無法讀取的根憑證
    .step-1 = 匯出根憑證，格式選 Base-64 編碼 X.509 (.CER)，不含私密金鑰。不要把 PEM 檔交給會再編碼一次的工具。
    .step-2 = 「點對站設定」>「根憑證」：以新名稱新增一列。先不要刪除 { $gateway-broken_roots-name }。
    .step-3 = 儲存，等到閘道的狀態為 Succeeded，再從一台用戶端連線。
    .step-4 = 確定可以連線之後，刪除 { $gateway-broken_roots-name } 那一列，再儲存一次。
    .risk = 閘道要變更兩次，每次數分鐘；現有連線可能中斷。
    .undo = 刪除新增的那一列並儲存。

# of title e20d88, step-1 864e13, step-2 b7195e, step-3 a1ad49, step-4 7a4517, risk 843322, undo 52be7a
fix-replace-expired-root =
    .title = 更換過期的根憑證
    .step-1 = 建立新的根憑證，或更新舊的根憑證，並匯出為 Base-64 編碼 X.509 (.CER)，不含私密金鑰。
    .step-2 = 「點對站設定」>「根憑證」：在新的一列加入新根憑證，並刪除 { $gateway-expired_roots-name } 那一列。兩件事都做完才儲存：只要還有過期的根憑證，Azure 就會拒絕儲存。
    .step-3 = 儲存，等到閘道的狀態為 Succeeded。
    .step-4 = 以新的根憑證簽發用戶端憑證，並安裝到各用戶端。
    .risk = 變更閘道需要數分鐘；現有連線可能中斷。原本使用過期根憑證的用戶端，在拿到新憑證之前都無法連線。
    .undo = 無法復原：過期的根憑證不能再次儲存。

# of title 23d4f4, step-1 bf7da4, step-2 d6d39c, step-3 f848f2, undo 659616
fix-reissue-client-certificate =
    .title = 重新簽發用戶端憑證
    .step-1 = 以根憑證 { $gateway-current_roots-name } 之一為這位使用者簽發新憑證，立即生效，用途須含「用戶端驗證」。
    .step-2 = 以 .pfx 安裝到連線使用者的存放區：存放位置選「目前使用者」，存放區選「個人」。不要選取「加強私密金鑰保護」。
    .step-3 = 從該存放區刪除舊憑證，以免 Windows 選到它，然後重新連線。
    .undo = 在 certmgr.msc 的「個人」中刪除新憑證。

# of title 383c69, step-1 e739a6, step-2 3a2377, step-3 2e7ed6, risk 489f50, risk-2 27f453, undo b777d2
fix-remove-revocation =
    .title = 從撤銷清單移除這張憑證
    .step-1 = 先問清楚 { $client-revoked-thumbprint } 是誰撤銷的、為什麼撤銷。確定是誤撤才繼續。
    .step-2 = 「點對站設定」>「已撤銷的憑證」：刪除這個指紋的那一列並儲存。
    .step-3 = 等到閘道的狀態為 Succeeded，再重新連線。
    .risk = 持有這把私密金鑰的人都能再次連線，包括偷走它的人。
    .risk-2 = 變更閘道需要數分鐘；現有連線可能中斷。
    .undo = 把這個指紋重新加入清單。

# of title 022f7e, step-1 65c06b, step-2 edf20f, risk 3b060c, undo f563ff
fix-exempt-from-inspection =
    .title = 讓閘道不受 TLS 檢查
    .step-1 = 在 Proxy 或防火牆上，把 { $ras-entry-server } 排除在 TLS 檢查之外（TCP 443，以名稱而非位址設定）。
    .step-2 = 重新連線。此時連接埠 443 的憑證必須來自閘道。
    .risk = Proxy 不再看得到這一條連線的內容。
    .undo = 移除這項排除設定。

# of title e94f82, step-1 b64668, step-2 0de06c, step-3 320e1a, step-4 6bcf02, step-5 cdb7ea, step-6 c4b7d3, step-7 f9dc76, undo 3a78aa
fix-enable-tls12 =
    .title = 啟用 TLS 1.2
    .step-1 = 把用戶端換成仍受支援的 Windows 版本；這些版本已啟用 TLS 1.2。
    .step-2 = 在那之前，先安裝更新 KB3140245 與 KB2977292。
    .step-3 = reg add HKLM\SYSTEM\CurrentControlSet\Services\RasMan\PPP\EAP\13 /v TlsVersion /t REG_DWORD /d 0xfc0
    .step-4 = reg add "HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Internet Settings\WinHttp" /v DefaultSecureProtocols /t REG_DWORD /d 0xaa0
    .step-5 = reg delete "HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.2\Client" /v Enabled
    .step-6 = reg delete "HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.2\Client" /v DisabledByDefault
    .step-7 = 重新啟動電腦，再重新連線。
    .undo = 把這些值改回原本的設定。

# of title a2d1f3, step-1 102d10, step-2 9655b2, step-3 2e7ed6, risk 27f453, undo d8d88e
fix-repeat-gateway-change =
    .title = 重做閘道的上次變更
    .step-1 = 在同一次儲存中刪除過期的根憑證 { $gateway-expired_roots-name }：只要它還在，Azure 就會拒絕任何變更。
    .step-2 = 重做失敗的那次變更，或不改任何設定直接寫回閘道：az network vnet-gateway update --ids { $gateway_id }
    .step-3 = 等到閘道的狀態為 Succeeded，再重新連線。
    .risk = 變更閘道需要數分鐘；現有連線可能中斷。
    .undo = 不需要復原：沒有任何設定值改變。

# of title 38f3ef, step-1 1bd6b6, step-2 2e7ed6, risk 49be75, undo c98439
fix-reset-gateway =
    .title = 重設閘道
    .step-1 = 「虛擬網路閘道」>「說明」>「重設」，或執行：az network vnet-gateway reset --ids { $gateway_id }
    .step-2 = 等到閘道的狀態為 Succeeded，再重新連線。
    .risk = 閘道會重新啟動：點對站與站對站連線會中斷數分鐘。
    .undo = 無法復原：重新啟動不能收回。

# of title b8ddf6, text aef13f
symptom-portal-root-cert-data-invalid =
    .title = 入口網站拒收根憑證的資料
    .text = 無法儲存虛擬網路閘道，某張憑證的資料無效。

# of title cd411d
let-new_root =
    .title = 貼上的文字中所含的憑證（若有）

# of title d7d640, cause 636a37
rule-line-breaks-pasted =
    .title = 文字中有換行或空白
    .cause = 這段文字是憑證，但夾雜了換行、空白或其他字元。這個欄位只接受一行 Base64。

# of title 7e31aa, cause ecba9e
rule-pem-lines-pasted =
    .title = 連 BEGIN 與 END 兩行也貼上了
    .cause = 「-----BEGIN CERTIFICATE-----」與「-----END CERTIFICATE-----」兩行跟資料一起貼上了。它們只是檔案中的標記，不是資料的一部分。

# of title bcd01d, cause f69abc
rule-pem-encoded-twice =
    .title = PEM 檔又多編碼了一次
    .cause = 這段文字是整個 PEM 檔（連同 BEGIN 那一行）的 Base64：檔案本來就是 Base64，又被編碼了一次，多半是指令碼造成的。

# of title 618931, cause 1060b7
rule-binary-file-pasted =
    .title = 把二進位檔當成文字開啟
    .cause = 這是二進位檔（DER），卻被當成文字開啟；編輯器顯示的並不是它真正的內容。

# of title ee0acb, cause cffb2e
rule-private-key-pasted =
    .title = 貼上了私密金鑰或 .pfx
    .cause = 這段文字是 .pfx，或含有私密金鑰。閘道只需要公開的根憑證；私密金鑰絕不能離開持有人。

# of title 20809f, cause 047d21
rule-chain-pasted =
    .title = 貼上了好幾張憑證
    .cause = 這段文字是一串憑證（.p7b，或有好幾個 BEGIN 行）。每一列只能放一張根憑證。

# of title 7aa773, cause c7add5
rule-client-certificate-pasted =
    .title = 貼上的是用戶端憑證，不是它的根憑證
    .cause = { $new_root-subject } 的憑證不是根憑證：它是由 { $new_root-issuer } 簽發的。這一列要放的是簽發者的根憑證。

# of title 98b5cd, cause 1c95e1
rule-no-certificate-pasted =
    .title = 貼上的是別的東西
    .cause = 這段文字不可能是憑證：它是指紋、名稱、路徑、憑證要求或單獨的金鑰，或是內容被截斷了。也許應該填在另一個欄位。

# of title cb2ee7, cause 463fc8
rule-unreadable-data-pasted =
    .title = 這段文字不是憑證
    .cause = 這段文字無法當成憑證讀取：有字元遺漏、重複或被改動。

# of title d2cb6c, step-1 ba1acd, step-2 58a05a, step-3 fe66fd, risk 0a046b, verify-2 bd2d72, undo 516a12
fix-paste-body-only =
    .title = 只貼資料，而且接成一行
    .step-1 = 用文字編輯器開啟 .cer 檔，複製 BEGIN 與 END 兩行之間的內容，不要包含這兩行。
    .step-2 = 接成一行：刪除所有換行與空白。在 Notepad++ 中，使用 Edit > Line Operations > Join Lines；在 PowerShell 中，[Convert]::ToBase64String((Get-PfxCertificate .\root.cer).RawData) 會直接印出可以貼上的內容。
    .step-3 = 貼到該列的「公開憑證資料」並儲存。
    .risk = 儲存成功之前不會有任何改變；之後變更閘道需要數分鐘，現有連線可能中斷。
    .verify-2 = 入口網站顯示閘道已儲存，而且狀態為 Succeeded。
    .undo = 刪除這個根憑證的那一列，再儲存一次。

# of title 3a943b, step-1 725660, step-2 2589c2, step-3 607135, risk 0a046b, verify-2 bd2d72, undo 516a12
fix-export-root-again =
    .title = 重新匯出根憑證
    .step-1 = 在有這個根憑證的電腦上開啟 certmgr.msc，開啟用戶端憑證 >「憑證路徑」，選取最上層的憑證 >「檢視憑證」>「詳細資料」>「複製到檔案」。
    .step-2 = 選「不匯出私密金鑰」以及「Base-64 編碼 X.509 (.CER)」。
    .step-3 = 把 BEGIN 與 END 兩行之間的內容接成一行複製下來，不留空白，貼到「公開憑證資料」並儲存。
    .risk = 儲存成功之前不會有任何改變；之後變更閘道需要數分鐘，現有連線可能中斷。
    .verify-2 = 入口網站顯示閘道已儲存，而且狀態為 Succeeded。
    .undo = 刪除這個根憑證的那一列，再儲存一次。

# of title 8af316, step-1 502a1c, step-2 7a0ae2, step-3 cd0fc3, risk 48f1a4, verify 043c70, undo dac401
fix-renew-exposed-key =
    .title = 更換外洩的金鑰
    .step-1 = 查明誰可能看過這段文字：剪貼簿、工單、聊天、螢幕分享。只要不是金鑰持有人，就視為外洩。
    .step-2 = 如果是用戶端的金鑰：簽發新憑證，並把舊憑證的指紋加入閘道的已撤銷憑證清單。
    .step-3 = 如果是根憑證的金鑰：建立新的根憑證，把所有用戶端移過去，再從閘道刪除舊的根憑證。
    .risk = 只有根憑證的金鑰外洩時才會如此：用戶端在拿到由新根憑證簽發的憑證之前，都無法連線。
    .verify = 外洩的憑證已無法連線。
    .undo = 無法復原：看過的金鑰就是看過了。
