### azure.p2s，臺灣正體中文。原文寫在規則檔中；每則訊息上方的雜湊值是原文的指紋，原文更動後即過期。

# of title 82ca16, text bfc1f7
pack-azure-p2s =
    .title = Azure 點對站 VPN
    .text = 涵蓋連線到 Azure 虛擬網路閘道的 Windows 用戶端，以及用來設定的入口網站。

# of title d2ab3c, text 785245, question 27b88d
param-gateway_id =
    .title = 虛擬網路閘道
    .text = 閘道的資源識別碼；案例中若只有一個閘道，會自動帶入。
    .question = 虛擬網路閘道的資源識別碼是什麼？可在入口網站該閘道的「屬性」中查到。

# of title a09370, question b668dd
param-profile =
    .title = 用戶端上的 VPN 連線名稱
    .question = 這個 VPN 連線在 Windows 中叫什麼名稱？請看「設定」>「網路和網際網路」>「VPN」。

# of title 85319d, text 0226e8, question 7f2462
param-new_root_data =
    .title = 要貼到入口網站的憑證資料
    .text = 當時貼到「公開憑證資料」欄位的完整文字，未經改動。
    .question = 當時貼到「公開憑證資料」欄位的是什麼文字？請原封不動貼在這裡。若是私密金鑰或 .pfx，只要貼前 40 個字元。

# of title 8cc8ee, question d8cb9a
param-new_root_name =
    .title = 入口網站拒收的根憑證名稱
    .question = 當時輸入的根憑證名稱是什麼？請一字不差地提供，包括空白。

# of title 70bd68, question 128ea0
param-package_folder =
    .title = 用戶端套件的資料夾或 zip 檔
    .question = 從閘道下載的用戶端套件放在哪裡？可以是 zip 檔或解壓縮後的資料夾。

# of title 32be5a, question d85f72
param-target =
    .title = 應該連得到的 Azure 位址
    .question = 透過 VPN 應該連得到 Azure 中的哪一個位址？例如 10.1.0.4。

# of title da340e, question b8e866
param-target_port =
    .title = 目標的 TCP 連接埠
    .question = 目標上應該有回應的 TCP 連接埠是哪一個？例如 3389 或 443。

# of title 661f5a, question 24b3ea
param-target_name =
    .title = 應該能解析的名稱
    .question = 透過 VPN 應該能解析哪一個名稱？請照平常輸入的方式提供，例如 server1 或 server1.corp.example。

# of title 3b0965, question ef7335
param-share_server =
    .title = 網路共用所在的伺服器
    .question = 網路共用在哪一台伺服器上？請提供反斜線之間的名稱，如 \\server\share 中的 server。

# of title 179350, question cecc6e
param-domain =
    .title = Active Directory 網域的 DNS 名稱
    .question = Active Directory 網域的 DNS 名稱是什麼？例如 corp.example。

# of title 8fccaf, question 71838b
param-nps_server =
    .title = NPS 伺服器的名稱
    .question = 回應閘道 RADIUS 要求的網路原則伺服器叫什麼名稱？

# of title c4e4e6, question 75c17d
param-target_nsg_id =
    .title = 目標的網路安全性群組
    .question = 目標的子網路或網路介面上，網路安全性群組的資源識別碼是什麼？

# of title 9f5fd8, question e6f4f1
param-resolver_id =
    .title = DNS 私人解析器
    .question = DNS 私人解析器的資源識別碼是什麼？

# of title e94e63, question c4fc69
param-zone_id =
    .title = 私人 DNS 區域
    .question = 應該能解析的私人 DNS 區域，資源識別碼是什麼？

# of title 5a2044
type-AzureVpnProfile =
    .title = Azure VPN Client 的設定檔

# of title df75c1
type-AzureVpnProfile-audience =
    .title = Entra 對象

# of title adb410
type-AzureVpnProfile-issuer =
    .title = Entra 簽發者

# of title 5899e9
type-AzureVpnProfile-tenant =
    .title = Entra 租用戶

# of title 34873b, text e5a95d
type-AzureVpnProfile-cache_sign_in =
    .title = 保留登入狀態
    .text = 除非設定檔另有指定，否則會保留。

# of title f46080, text db96fa
type-AzureVpnProfile-device_sso =
    .title = 以 Windows 的登入身分登入 VPN
    .text = 用戶端 4.0.5.0 版起提供。

# of title 1f498f
type-AzureVpnProfile-dns_suffixes =
    .title = DNS 尾碼

# of title 5fde02
type-AzureVpnProfile-dns_servers =
    .title = DNS 伺服器

# of title 0af3d3, text 50bce1, question c04836
fact-azvpn-app =
    .title = Azure VPN Client
    .text = 使用者沒有安裝時即不存在。
    .question = Azure VPN Client 顯示的版本是多少？若沒有安裝，請回答不存在。

# of title 8b044d
fact-azvpn-profile =
    .title = 套件中的 Azure VPN Client 設定檔

# of title 1af5ce, text 6b4800
fact-bgapps-user_off =
    .title = 此使用者的背景應用程式已關閉
    .text = 1 表示關閉；只有 Windows 10 有這個開關。

# of title b4a87c, text 7edf98
fact-bgapps-client_off =
    .title = Azure VPN Client 的背景活動已關閉
    .text = 1 表示關閉。

# of title 0e6cc2, text 7edf98
fact-bgapps-client_off_by_user =
    .title = 使用者關閉了 Azure VPN Client 的背景活動
    .text = 1 表示關閉。

# of title b75ff3
fact-bgapps-policy =
    .title = 背景應用程式的原則

# of label 802d72
fact-bgapps-policy-user =
    .label = 由使用者決定

# of label 66dc12
fact-bgapps-policy-allow =
    .label = 一律允許

# of label b5075a
fact-bgapps-policy-deny =
    .label = 一律禁止

# of title f2d657, text aa2ac5
fact-bgapps-forced_on =
    .title = 原則允許在背景執行的應用程式
    .text = 以套件系列名稱表示。

# of title 0df3da, text aa2ac5
fact-bgapps-forced_off =
    .title = 原則禁止在背景執行的應用程式
    .text = 以套件系列名稱表示。

# of title 9c4f69
let-azvpn-denied_by_policy =
    .title = 原則禁止 Azure VPN Client 在背景執行

# of title 36f86d
let-azvpn-background_allowed =
    .title = Azure VPN Client 可以在背景執行

# of title caa98e, question 0bb483
fact-client-offered =
    .title = 連線時使用的用戶端憑證指紋
    .question = 失敗的那次連線用的是哪一張用戶端憑證？請提供指紋：certmgr.msc >「個人」>「憑證」>「詳細資料」。

# of title eef9f6
let-client-issued =
    .title = 使用者的憑證中，由閘道上可讀取的根憑證簽發者，不論有無私密金鑰

# of title 6d4a69
let-client-issued_to_machine =
    .title = 電腦的憑證中，由閘道上可讀取的根憑證簽發者

# of title b3991f
let-client-with_key =
    .title = 具有私密金鑰的用戶端憑證

# of title bc7fd3, text 2bf30a
let-client-under_current =
    .title = 具有私密金鑰、由閘道上未過期的根憑證簽發的用戶端憑證
    .text = 依憑證鏈的根憑證判斷，或依簽章所用的金鑰判斷。

# of title 63bfdb
let-client-under_expired =
    .title = 具有私密金鑰、由閘道上已過期的根憑證簽發的用戶端憑證

# of title 0e530b, text f17b2c
let-client-foreign =
    .title = 用戶端憑證全都不是由閘道上可讀取的根憑證簽發
    .text = 至少有一張。

# of title 0b5822
let-client-in_time =
    .title = 具有私密金鑰、由未過期的根憑證簽發且目前有效的用戶端憑證

# of title 95f310, text ecfc5e
let-client-in_right_time =
    .title = 具有私密金鑰、由未過期的根憑證簽發，且以正確的時間來看有效的用戶端憑證
    .text = 執行時用的是這台電腦的時鐘，因此正確的時間就是該時鐘減去它的誤差。

# of title 232fc2, text 7389b6
let-client-usable =
    .title = 用途相符的有效用戶端憑證
    .text = 沒有列出用途，或用途包含用戶端驗證或任何用途。

# of title eb17ca
let-client-revoked =
    .title = 可用的用戶端憑證中，列在閘道撤銷清單者

# of title 609730
let-client-accepted =
    .title = 閘道接受的用戶端憑證

# of title 470579
type-AccessPolicy =
    .title = 條件式存取原則

# of title f8e998
type-AccessPolicy-name =
    .title = 原則的名稱

# of title c491e9
type-AccessPolicy-state =
    .title = 原則的狀態

# of label 5d2a6b
type-AccessPolicy-state-on =
    .label = 開啟

# of label 4b848a
type-AccessPolicy-state-off =
    .label = 關閉

# of label 579523
type-AccessPolicy-state-report_only =
    .label = 僅限報告

# of title c44684
type-AccessPolicy-frequency =
    .title = 兩次登入之間的小時數或天數

# of title 889309
type-AccessPolicy-unit =
    .title = 登入頻率的單位

# of label 1428ae
type-AccessPolicy-unit-hours =
    .label = 小時

# of label 604aab
type-AccessPolicy-unit-days =
    .label = 天

# of title d3b47c, text ed2cd0
type-AccessPolicy-interval =
    .title = 間隔的類型
    .text = 每次都要登入，或依登入頻率。

# of label d63069
type-AccessPolicy-interval-timeBased =
    .label = 定期

# of label e3d20d
type-AccessPolicy-interval-everyTime =
    .label = 每次

# of title 60f15a
type-AccessPolicy-limits_sign_in =
    .title = 已設定並啟用登入頻率

# of title 272608, text 619e92
type-AccessPolicy-apps =
    .title = 適用的應用程式
    .text = 應用程式識別碼，或 All（全部）。

# of title 85591f, text 0e2d48
type-AccessPolicy-apps_left_out =
    .title = 排除的應用程式
    .text = 應用程式識別碼。

# of title 16a750, text b7c42f
type-AccessPolicy-user_risks =
    .title = 適用的使用者風險層級
    .text = 空白表示不論風險一律適用。

# of title 65b9d9, text b7c42f
type-AccessPolicy-sign_in_risks =
    .title = 適用的登入風險層級
    .text = 空白表示不論風險一律適用。

# of title 4e6814, text 7f84be, question ea5447
param-sign_in_name =
    .title = 使用者登入用的名稱
    .text = 要連線者的使用者主體名稱 (UPN)。
    .question = 使用者以什麼名稱登入 Entra？例如 anna@contoso.example。

# of title 30a55b, text 214f7a, question 5f7ab2
fact-entra-error =
    .title = 使用者上次登入 VPN 失敗的錯誤編號
    .text = 不含 AADSTS；Entra 保留的期間內若沒有失敗的登入，即不存在。
    .question = 使用者上次登入 VPN 失敗，顯示的是哪一個編號（AADSTS 之後的數字，或 Entra ID >「登入記錄」中的「登入錯誤碼」）？例如 700082。非互動式登入的記錄也請查看。若沒有失敗的登入，請回答不存在。

# of title 3b3db6
fact-entra-policies =
    .title = 租用戶的條件式存取原則

# of title cd8463, question 549580
fact-intune-deploys_profile =
    .title = VPN 設定檔來自 Intune
    .question = 這台電腦的 VPN 設定檔是否由 Intune 或其他裝置管理服務部署？

# of title 06a308
type-Sku =
    .title = 閘道的 SKU

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

# of title 55edc3, question 05f674
type-P2s-pool =
    .title = 用戶端的位址集區
    .question = 閘道的點對站設定頁面上，位址集區是什麼？

# of title e16d6b, question 0fc880
type-P2s-protocols =
    .title = 通道類型
    .question = 閘道的點對站設定頁面上，通道類型有哪些：SSTP、IkeV2、OpenVPN？

# of label b2d6e6
type-P2s-protocols-IkeV2 =
    .label = IKEv2

# of title 831140, text eeff96
type-P2s-auth =
    .title = 驗證類型
    .text = 較舊的 API 版本不會列出。

# of label 41bc44
type-P2s-auth-Certificate =
    .label = 憑證

# of label 20eeee
type-P2s-auth-Radius =
    .label = RADIUS

# of label c0e0eb
type-P2s-auth-AAD =
    .label = Microsoft Entra ID

# of title 7c01cf
type-P2s-radius_server =
    .title = RADIUS 伺服器

# of title dd5a90
type-P2s-radius_servers =
    .title = RADIUS 伺服器（有多台時）

# of title 5899e9
type-P2s-aad_tenant =
    .title = Entra 租用戶

# of title df75c1, text 023d6d
type-P2s-aad_audience =
    .title = Entra 對象
    .text = 權杖必須是為這個應用程式核發的。

# of title adb410, text c98779
type-P2s-aad_issuer =
    .title = Entra 簽發者
    .text = 核發權杖的一方。

# of title a037d4
type-P2s-roots =
    .title = 根憑證清單

# of title e43928, question c3f2f9
type-P2s-revoked =
    .title = 閘道拒絕的用戶端憑證指紋
    .question = 閘道的點對站設定頁面上，「已撤銷的憑證」列出哪些指紋？

# of title 2aacb5
type-RadiusServer =
    .title = 閘道的 RADIUS 伺服器

# of title 8428d3
type-RadiusServer-address =
    .title = 伺服器的位址

# of title 0ec431, text 3cd9a0
type-RadiusServer-score =
    .title = 伺服器的優先分數
    .text = 分數較高者先詢問。

# of title 823841
type-Session =
    .title = 已連線到閘道的用戶端

# of title 2c25c5, text 0e6d6a
type-Session-id =
    .title = 連線的名稱
    .text = 通道為 IKEv2 時，名稱以 IKEv2 開頭。

# of title 8b5dcd
type-Session-user =
    .title = 使用者名稱

# of title 7b34c6
type-Session-address =
    .title = 集區中的位址

# of title 5874d5
type-Session-lasting =
    .title = 連線至今的時間

# of title d2ab3c
type-Gateway =
    .title = 虛擬網路閘道

# of title 749715, question 30f998
type-Gateway-kind =
    .title = 閘道類型
    .question = 入口網站顯示的閘道類型是哪一種：Vpn 還是 ExpressRoute？

# of title 158453, question b0c352
type-Gateway-vpn_type =
    .title = VPN 類型
    .question = 入口網站顯示的 VPN 類型是哪一種：RouteBased（路由式）還是 PolicyBased（原則式）？

# of label 516435
type-Gateway-vpn_type-RouteBased =
    .label = 路由式

# of label 611512
type-Gateway-vpn_type-PolicyBased =
    .label = 原則式

# of title 88c048, question 691f6d
type-Gateway-sku =
    .title = SKU
    .question = 入口網站顯示的閘道 SKU 是什麼？例如 Basic 或 VpnGw2AZ。

# of title 8e9e8e
type-Gateway-active_active =
    .title = 以兩個主動執行個體運作

# of title 619551, question bad17f
type-Gateway-state =
    .title = 上次變更的狀態
    .question = 閘道的 JSON 檢視中，佈建狀態是哪一個：Succeeded、Updating、Failed 還是 Deleting？

# of title ef10c7
type-Gateway-custom_routes =
    .title = 用戶端經由閘道可到達的其他網段

# of title e48a8d
type-Gateway-bgp =
    .title = 已啟用 BGP

# of title a3519e
type-Gateway-subnet =
    .title = GatewaySubnet 的資源識別碼

# of title b0870e
type-Gateway-p2s =
    .title = 點對站設定

# of title 7eda13
fact-gateway =
    .title = 這個虛擬網路閘道

# of title 527d70, text 879024
fact-gateway-last_write =
    .title = 閘道上次成功的變更
    .text = 90 天內沒有變更時即不存在。

# of title 2ca1ec
fact-gateway-errors =
    .title = 閘道上失敗的作業

# of title ba4d3d
fact-gateway-sessions =
    .title = 目前連線到閘道的用戶端

# of title 5aee79
fact-gateway-connections =
    .title = 閘道所在資源群組中的連線

# of title 182ce8
let-gateway-sites =
    .title = 閘道的站對站連線

# of title 77b024, text 09798d
let-gateway-ike_limit =
    .title = 這個 SKU 可容納的 IKEv2 與 OpenVPN 用戶端數目
    .text = SKU 不明時，以及查不到數字的 Basic，以最大的 SKU 計算。SSTP 另有 128 個的上限。

# of title 1461af, text c5580b
let-gateway-takes_certificates =
    .title = 閘道以憑證驗證用戶端
    .text = API 沒有列出驗證類型時，以未設定其他類型為準。

# of title 7af6d7, text 302b47
let-gateway-broken_roots =
    .title = 資料並非憑證的根憑證
    .text = 第二個條件用來找出多編碼一次的 PEM 檔，也就是以 Base64 寫成的「-----BEGIN」。

# of title 08a122
let-gateway-readable_roots =
    .title = 資料可以讀取的根憑證

# of title 58cc37
let-gateway-expired_roots =
    .title = 已過期的根憑證

# of title 463b02
let-gateway-current_roots =
    .title = 尚未過期的根憑證

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

# of title d3b1f2
let-gateway_subnet-other_routes =
    .title = GatewaySubnet 的路由中，不是預設路由（無論一條或分成兩半）的部分

# of title 3f1270
fact-vnet =
    .title = 閘道所在的虛擬網路

# of title 11b488, text 879024
fact-vnet-last_write =
    .title = 虛擬網路的上次變更
    .text = 90 天內沒有變更時即不存在。

# of title 3fdb7c, text 879024
fact-vnet-last_peering =
    .title = 對等互連的上次變更
    .text = 90 天內沒有變更時即不存在。

# of title d3036c
fact-site-prefixes =
    .title = 閘道後方的內部部署網段

# of title 39124d
fact-target_nsg-rules =
    .title = 目標的網路安全性群組規則

# of title 2e0607
fact-resolver-inbound =
    .title = DNS 私人解析器輸入端點的位址

# of title eb9db7
fact-zone-links =
    .title = 私人 DNS 區域所連結的網路

# of title c876c1, question 912804
fact-probe-target =
    .title = 透過 VPN 連到的目標連接埠
    .question = 透過 VPN 時，目標有沒有回應？在 PowerShell 中執行 Test-NetConnection，加上位址與 -Port。True 為 open（有回應）；立刻出現 False 為 refused（遭拒絕）；約 20 秒後才出現 False 為 filtered（沒有回應）。

# of title c9b0db
fact-dns-by_client =
    .title = 用戶端查詢該名稱得到的位址

# of title 0ea26e
fact-dns-by_vnet =
    .title = 虛擬網路的 DNS 伺服器對該名稱回覆的位址

# of title ec58ec
fact-dns-by_resolver =
    .title = DNS 私人解析器對該名稱回覆的位址

# of title 0393ff
let-reach-in_vnet =
    .title = 目標在閘道所在的網路中

# of title 1e4ced
let-reach-peerings =
    .title = 通往目標所在網路的對等互連

# of title a00e7f, text bc3374
let-reach-routes =
    .title = 用戶端通往目標的路由
    .text = 預設路由不算。

# of title 1ad114
let-pool-overlaps_vnet =
    .title = 位址集區與閘道所在的網路或其對等網路重疊

# of title ac4ac0
let-pool-overlaps_site =
    .title = 位址集區與閘道後方的內部部署網段重疊

# of title c52620
let-pool-overlaps_client =
    .title = 位址集區與用戶端目前所在的網路重疊

# of title b4125e
let-pool-size =
    .title = 位址集區中的位址數目

# of title 33d888
fact-package =
    .title = 從閘道下載的用戶端套件

# of title 606370, text 99b42c, question e944de
fact-cm-folder =
    .title = Connection Manager 設定檔的資料夾
    .text = 沒有時即不存在。
    .question = %APPDATA%\Microsoft\Network\Connections\Cm 中，這個 VPN 以 GUID 命名的資料夾是哪一個？請提供完整路徑；若沒有，請回答不存在。

# of title b7e6c5, question cc66d1
fact-cm-installed_at =
    .title = Connection Manager 設定檔的安裝時刻
    .question = 那個資料夾中的檔案是什麼日期？以最新的為準，例如 2026-03-01。

# of title 779189
type-CmRoute =
    .title = Connection Manager 設定檔加入的路由

# of title 9aa58d
type-CmRoute-prefix =
    .title = 目的地

# of title a3d8fe
fact-cm-routes =
    .title = Connection Manager 設定檔在連線後加入的路由

# of title d510d0, question f89c41
fact-installer-blocked =
    .title = Windows 或系統管理員封鎖了安裝程式
    .question = 啟動安裝程式時，Windows 是否顯示「Windows 已保護您的電腦」，或表示系統管理員或原則封鎖了這個應用程式？

# of title 0af63b, question 227951
fact-installer-architecture =
    .title = 當時啟動的安裝程式
    .question = VpnClientSetup 是從套件的哪一個資料夾啟動的：WindowsAmd64 還是 WindowsX86？

# of label 70a59d
fact-installer-architecture-x64 =
    .label = x64（WindowsAmd64 資料夾）

# of label 6911c1
fact-installer-architecture-x86 =
    .label = x86（WindowsX86 資料夾）

# of title b2188f
let-package-older_than_gateway =
    .title = 套件產生之後，閘道又變更過

# of title 07684e, text 22dde9, question 70586e
fact-gateway-changed_unlogged =
    .title = 超過 90 天前、但在套件產生之後，閘道變更過
    .text = 活動記錄無法回溯那麼久。
    .question = 超過 90 天前、但在用戶端的套件產生之後，閘道是否變更過（例如驗證方式或通道類型）？它的活動記錄只能回溯 90 天，負責閘道的人可能知道。

# of title 3895f9, text ac032f
let-gateway-changed_since_package =
    .title = 套件產生後，閘道變更過
    .text = 依據活動記錄；若活動記錄無法回溯那麼久，則依據知情的人。

# of title 01bd32
let-package-older_than_network =
    .title = 套件產生之後，對等互連或位址空間又變更過

# of title 16413b
let-package-lacks_server_root =
    .title = 套件缺少連接埠 443 憑證的根憑證

# of title c3ded5
type-NpsRefusal =
    .title = NPS 拒絕或捨棄的要求

# of title 8b5dcd
type-NpsRefusal-user =
    .title = 使用者名稱

# of title e1b1ba
type-NpsRefusal-reason =
    .title = 原因代碼

# of title bfce15
type-NpsRefusal-policy =
    .title = 套用的網路原則

# of title d1e737
type-NpsRefusal-eap =
    .title = EAP 方法

# of title b03392
type-NpsRefusal-client =
    .title = RADIUS 用戶端的位址

# of title fdcb59
type-NpsGrant =
    .title = NPS 核准的要求

# of title 8b5dcd
type-NpsGrant-user =
    .title = 使用者名稱

# of title b03392
type-NpsGrant-client =
    .title = RADIUS 用戶端的位址

# of title a0b933, text e06537
fact-nps-refusals =
    .title = NPS 記錄的拒絕事件
    .text = 事件 6273。

# of title 9152da, text 5b2488
fact-nps-discards =
    .title = NPS 捨棄而未回應的要求
    .text = 事件 6274。

# of title cc1f12, text c7f5d1
fact-nps-grants =
    .title = NPS 核准的要求
    .text = 事件 6272。

# of title 5d4966
type-NpsStranger =
    .title = 來自 NPS 不認得之 RADIUS 用戶端的要求

# of title ce7b54
type-NpsStranger-client =
    .title = 傳送者的位址

# of title 5739b7, text 445cf1
fact-nps-strangers =
    .title = NPS 因不認得傳送者而捨棄的要求
    .text = 事件 13。

# of title c92ab7, text 0fb28e
fact-nps-client_errors =
    .title = NPS 因共用密碼錯誤而捨棄的要求
    .text = 事件 14 與 18。

# of title 36a916
fact-ras-failures =
    .title = 最近幾天的連線失敗記錄

# of title 3a582c
fact-ras-terminations =
    .title = 最近幾天結束的連線

# of title f4f3f6
fact-ras-entry =
    .title = 電話簿中的 VPN 連線

# of title fb5989
fact-ras-entries =
    .title = 電話簿中的所有連線

# of title f593ed, question f5c199
fact-ras-connected =
    .title = VPN 已連線
    .question = Windows 是否顯示這個 VPN 已連線？

# of title 58ed65, question ed37d1
fact-ras-launch =
    .title = 啟動連線的方式
    .question = 連線是怎麼啟動的？

# of label 1a99c8
fact-ras-launch-vpn_list =
    .label = 從「設定」或網路圖示的 VPN 清單

# of label 42fd15
fact-ras-launch-shortcut =
    .label = 以桌面或「開始」功能表的捷徑

# of label 76b0b7
fact-ras-launch-client =
    .label = 在 Azure VPN Client 中

# of title 8456cd, question 3e05b9
fact-ras-fails_from_list =
    .title = 從 VPN 清單啟動時也發生相同的失敗
    .question = 請從「設定」>「網路和網際網路」>「VPN」啟動。是否以同樣的訊息失敗？

# of title 1dab95, text 165aff
fact-ikev2-disable_cert_req_payload =
    .title = IKEv2 不送出憑證要求承載
    .text = 1 是過去用來因應封包片段遺失的做法。

# of title e65193, text f00f76
let-vpn-adapters =
    .title = VPN 連線的網路介面卡
    .text = 未連線時沒有。

# of title 6aecc6
let-ras-tries_ikev2 =
    .title = 這個連線會嘗試 IKEv2

# of title c561ed
let-ras-tries_sstp =
    .title = 這個連線會嘗試 SSTP

# of title ad8014
fact-server-certificate =
    .title = 用戶端以 TLS 連到閘道時看到的憑證

# of title 54777d
fact-probe-revocation =
    .title = 以系統身分連線到閘道憑證的撤銷清單位址

# of title 117552
fact-probe-revocation_as_user =
    .title = 以使用者身分連線到閘道憑證的撤銷清單位址

# of title 154df1, question 2bb8a9
fact-probe-tcp443 =
    .title = 閘道的 TCP 連接埠 443
    .question = 閘道的 TCP 連接埠 443 有沒有回應？在 PowerShell 中執行 Test-NetConnection，加上連線的伺服器名稱與 -Port 443。True 為 open（有回應）；立刻出現 False 為 refused（遭拒絕）；約 20 秒後才出現 False 為 filtered（沒有回應）。

# of title 07a514, question 29e550
fact-probe-udp500 =
    .title = 閘道的 UDP 連接埠 500
    .question = 閘道在 UDP 連接埠 500 是否回應 IKE？在連線時擷取封包：雙向都有封包為 open（有回應），只有送出的封包為 filtered（沒有回應）。

# of title c008a8, question 39f3f5
fact-probe-udp4500 =
    .title = 閘道的 UDP 連接埠 4500
    .question = 閘道在 UDP 連接埠 4500 是否回應 IKE？在連線時擷取封包：雙向都有封包為 open（有回應），只有送出的封包為 filtered（沒有回應）。

# of title a8ab19, question 9b1a3e
fact-probe-ike_fragments_lost =
    .title = 較大的 IKE 封包在途中遺失
    .question = 在連線時擷取封包，是否看到第一次 IKE 交換 (IKE_SA_INIT) 有回應，但下一次較大的交換 (IKE_AUTH) 沒有回應？

# of title f3c0d1
fact-probe-server_addresses =
    .title = 閘道名稱解析出的位址

# of title 163cd1, text b981fa
let-server-publicly_issued =
    .title = 連接埠 443 的憑證由 Azure 使用的公開憑證授權單位簽發
    .text = 閘道的憑證由 DigiCert 或 Microsoft 簽發。

# of title c243f4, text ae4c50
let-server-undisturbed =
    .title = 連接埠 443 的憑證是閘道本身的憑證
    .text = 由 Azure 使用的公開憑證授權單位簽發，或其根憑證受這個連線信任。

# of title e6420e
let-server-root_trusted =
    .title = 電腦信任連接埠 443 憑證的根憑證

# of title 287025
let-probe-ike_blocked =
    .title = IKE 在通往閘道的途中遭封鎖

# of title 854ec7, text 1601ed, question 4f8209
fact-share-port =
    .title = 網路共用所在伺服器的 TCP 連接埠 445
    .text = 網路共用需要這個連接埠。
    .question = 網路共用所在伺服器的 TCP 連接埠 445 有沒有回應？在 PowerShell 中執行 Test-NetConnection，加上名稱與 -Port 445。True 為 open（有回應）；立刻出現 False 為 refused（遭拒絕）；約 20 秒後才出現 False 為 filtered（沒有回應）。

# of title 7d60c9
fact-share-addresses =
    .title = 網路共用所在伺服器的名稱解析出的位址

# of title 5da519, text fbd97f, question 3a392a
fact-kdc-port =
    .title = 網域控制站的 TCP 連接埠 88
    .text = Kerberos 需要這個連接埠。
    .question = 透過 VPN 時，網域控制站的 TCP 連接埠 88 有沒有回應？在 PowerShell 中執行 Test-NetConnection，加上網域名稱與 -Port 88。True 為 open（有回應）；立刻出現 False 為 refused（遭拒絕）；約 20 秒後才出現 False 為 filtered（沒有回應）。

# of title 1a76b5, question 300a15
fact-share-ticket =
    .title = 使用者擁有這個網路共用的 Kerberos 票證
    .question = 開啟網路共用之後，「klist」是否列出該伺服器的 cifs/ 票證？

# of title d3ed70, question d494ed
fact-share-opens_with_other_credentials =
    .title = 改用其他認證可以開啟網路共用
    .question = 在「net use」命令中直接指定使用者名稱與密碼，能否開啟網路共用？

# of title 5acd4a, text f62878
symptom-client-cert-missing-798 =
    .title = 找不到用戶端憑證
    .text = Windows 還沒送出封包就停止，因為使用者沒有適合這個連線的憑證。

# of title b7f341, text 2708b9
let-client-unchained =
    .title = Windows 無法建立憑證鏈的用戶端憑證
    .text = 不是由閘道上的根憑證直接簽發。

# of title 6fba5d, cause 3a7e1a
rule-gateway-takes-no-certificates =
    .title = 閘道不接受憑證
    .cause = 閘道不以憑證驗證（而是 { $gateway-p2s-auth }），用戶端上的連線卻要求憑證。這個連線來自舊的套件，或屬於另一個閘道。

# of title fda9dc, cause 4e5f53
rule-client-certificate-missing =
    .title = 沒有這個閘道的用戶端憑證
    .cause = 使用者和電腦都沒有由閘道上的根憑證（{ $gateway-p2s-roots-name }）簽發的憑證。

# of title 22a446, cause 9d2c71
rule-client-certificate-in-machine-store =
    .title = 用戶端憑證放在電腦的存放區
    .cause = 憑證 { $client-issued_to_machine-subject } 放在電腦的存放區（certlm.msc）。VPN 連線只會在要連線的使用者的存放區（certmgr.msc）中尋找，不會查看其他存放區。

# of title 0d6bcd, cause da4a4a
rule-client-certificate-without-key =
    .title = 用戶端憑證沒有私密金鑰
    .cause = 憑證 { $client-issued-subject }（{ $client-issued-thumbprint }）沒有私密金鑰：匯入的是 .cer 而不是 .pfx，或 .pfx 匯出時未包含金鑰。

# of title 6ac464, cause 9e1854
rule-clock-hides-client-certificate =
    .title = 時鐘不準，使用戶端憑證被視為無效
    .cause = 這台電腦的時鐘差了 { $clock-skew }。依正確時間，用戶端憑證有效；依這個時鐘則無效。

# of title 8c5740, cause 00d085
rule-client-key-asks-consent =
    .title = 使用私密金鑰時會要求使用者同意
    .cause = { $client-usable-subject } 的私密金鑰啟用了加強保護：每次使用都會要求同意或密碼，而 VPN 連線時無法顯示這個提示。

# of title ac09f4, cause 7c61f2
rule-client-issuer-missing =
    .title = 缺少用戶端憑證簽發者的憑證
    .cause = Windows 無法為 { $client-unchained-subject } 建立憑證鏈：這台電腦上沒有簽發者 { $client-unchained-issuer } 的憑證。補上之後，才能判斷它是否出自閘道上的根憑證。

# of title 83e21c, cause ccd850
rule-client-root-untrusted =
    .title = 用戶端不信任用戶端憑證的根憑證
    .cause = { $client-usable-subject } 上層的根憑證不受這台電腦或這位使用者信任，因此 Windows 不會提供這張憑證。

# of title dd9905, cause 441e59
rule-certificate-filter-excludes-client =
    .title = 連線只接受其他簽發者
    .cause = 連線 { $ras-entry-name } 只接受特定簽發者的用戶端憑證（{ $ras-entry-eap_issuers }），而 { $client-usable-subject } 不是由其中任何一個簽發。

# of title 15bbcb, cause c55dec
rule-client-certificate-without-subject =
    .title = 用戶端憑證沒有主體
    .cause = 用戶端憑證 { $client-usable-thumbprint } 的主體是空白的，而 VPN 連線時要從主體取得使用者名稱。

# of title d1bca3, step-1 8952df, step-2 167ed7, step-3 6471be, risk e6f7e8, undo 9dfdb5
fix-import-client-pfx =
    .title = 連同金鑰匯入用戶端憑證
    .step-1 = 在同時存有這張憑證及其私密金鑰的電腦上，以當初取得憑證的使用者身分開啟 certmgr.msc（或開啟 certlm.msc）：「所有工作」>「匯出」，選「是，匯出私密金鑰」，包含憑證鏈，並設定密碼。若金鑰無法匯出，請重新簽發憑證。
    .step-2 = 以要連線的使用者身分（不是系統管理員）開啟 .pfx：存放位置選「目前使用者」，存放區選「個人」。不要選取「啟用加強私密金鑰保護」。
    .step-3 = 刪除過程中留下的所有 .pfx 複本，然後重新連線。
    .risk = 取得 .pfx 及其密碼的人，都能以這位使用者的身分連線。
    .undo = 在 certmgr.msc 的「個人」中刪除這張憑證。

# of title 37fc64, step-1 e6e0aa, step-2 6be23b, step-3 26da8b, undo 353244
fix-set-clock =
    .title = 校正時鐘
    .step-1 = 「設定」>「時間與語言」>「日期和時間」：檢查時區，再選「立即同步」；或以系統管理員身分執行：`w32tm /resync /force`
    .step-2 = 若重新開機後又不準，請檢查主機板電池或時間來源。
    .step-3 = 重新連線。
    .undo = 不需要復原。

# of title 5896b4, step-1 cdd798, step-2 083989, step-3 684368, step-4 26da8b, risk 93ec56, risk-2 0f51a9, undo 838739
fix-import-without-protection =
    .title = 重新匯入用戶端憑證，不使用加強保護
    .step-1 = 先備妥這張憑證的 .pfx 及其密碼：存放區裡的金鑰可能無法匯出。
    .step-2 = certmgr.msc >「個人」>「憑證」：刪除這張憑證。
    .step-3 = 以要連線的使用者身分開啟 .pfx：存放位置選「目前使用者」，存放區選「個人」。不要選取「啟用加強私密金鑰保護」；若是原則強制啟用，請洽管理原則的人員。
    .step-4 = 重新連線。
    .risk = 沒有 .pfx 時，刪除憑證就等於失去金鑰。
    .risk-2 = 這位使用者執行的程式可以不經詢問就使用金鑰。
    .undo = 再次匯入 .pfx，並啟用加強私密金鑰保護。

# of title be1b40, step-1 50dd74, step-2 15779e, step-3 11d778, risk 5990fe, undo f1b50a
fix-install-client-chain =
    .title = 安裝用戶端憑證的憑證鏈
    .step-1 = 向簽發單位索取根憑證，以及根憑證與用戶端憑證之間各層中繼授權單位的公開憑證（.cer）。以簽發單位告知的指紋核對根憑證。
    .step-2 = 以系統管理員身分執行（檔案要寫出完整路徑），根憑證：`certutil -addstore Root ROOT.cer` 每個中繼授權單位：`certutil -addstore CA ISSUER.cer`
    .step-3 = certmgr.msc >「個人」>「憑證」，開啟用戶端憑證 >「憑證路徑」：整條憑證鏈都必須顯示正常。然後重新連線。
    .risk = 這台電腦會信任這張根憑證所簽發的一切憑證，包括網站憑證。
    .undo = 在 certlm.msc 中刪除這些憑證。

# of title caf78f, step-1 f8dc44, step-2 f35d2c, step-3 7a5848, undo 84b616
fix-clear-certificate-filter =
    .title = 取消連線的簽發者篩選
    .step-1 = 執行 ncpa.cpl，開啟 { $ras-entry-name } 的「內容」>「安全性」>「內容」>「進階」：取消選取「憑證簽發者」，或選取用戶端憑證的簽發者。
    .step-2 = 若連線由 Intune 或指令碼建立，請在那裡修改，否則篩選會再出現。
    .step-3 = 重新連線；若 Windows 詢問，請選用戶端憑證。
    .undo = 重新選取原先選取的簽發者。

# of title 6e4d7c, text 818bc3
symptom-ikev2-server-not-responding-809 =
    .title = VPN 伺服器沒有回應
    .text = IKEv2 約三十秒後放棄。

# of title 5fdc76, cause e73f0d
rule-windows-before-ikev2 =
    .title = 這個 Windows 版本無法以 IKEv2 連線到 Azure
    .cause = 這個 Windows（組建 { $os-build }）早於 Windows 10。Azure 點對站在這類系統上不支援 IKEv2，只支援 SSTP 和 OpenVPN。

# of title 8a37f1, cause 7f89ea
rule-ike-fragmentation-missing =
    .title = Windows 不會將 IKE 封包分段
    .cause = Windows { $os-version } 必須安裝更新，並將 DisableCertReqPayload 設為 1（目前是 { $ikev2-disable_cert_req_payload }），才會將大型 IKE 封包分段；否則封包在許多網路上會遺失。

# of title f1aac4, cause 47dd86
rule-ike-ports-blocked =
    .title = UDP 500 或 4500 遭封鎖
    .cause = IKE 無法到達 { $ras-entry-server }（UDP 500：{ $probe-udp500 }，UDP 4500：{ $probe-udp4500 }）。訪客網路、行動網路和防火牆往往只放行 TCP。

# of title a8ab19, cause 8d3a59
rule-ike-fragments-dropped =
    .title = 大型 IKE 封包在途中遺失
    .cause = 較小的 IKE 封包到得了 { $ras-entry-server }，帶有憑證的大型封包則到不了：途中有路由器或防火牆捨棄了分段的封包。

# of title c1e033, cause 8e1dfa
rule-gateway-without-ikev2 =
    .title = 閘道不提供 IKEv2
    .cause = 這個連線使用 IKEv2，但閘道（{ $gateway-sku }）只提供 { $gateway-p2s-protocols }。

# of title 787196, cause a9b3fa
rule-gateway-name-unresolved =
    .title = 閘道的名稱無法解析
    .cause = 在這個網路上，{ $ras-entry-server } 解析不出任何位址。可能是連線中的名稱已過時或打錯，也可能是這個網路的 DNS 不回應這個名稱。

# of title 6db684, cause d67626
rule-connection-to-other-server =
    .title = 連線指向另一台伺服器
    .cause = 這個連線的伺服器是 { $ras-entry-server }，而閘道的套件指定的是 { $package-server }。可能是閘道重建過，或連線是手動輸入的。

# of title 2c8cf8, cause b57466
rule-other-vpn-up =
    .title = 受到另一個 VPN 干擾
    .cause = 另一個 VPN 正在連線中：{ $net-other_tunnels-name }。前往閘道的封包會被它導走或過濾掉。

# of title 60c4f1, cause 8b97b2
rule-ike-services-stopped =
    .title = IKE 所需的服務無法執行
    .cause = IKEv2 需要服務 IKEEXT 和 BFE。IKEEXT 的狀態為 { $service-ikeext-state }（啟動類型：{ $service-ikeext-start }），BFE 的狀態為 { $service-bfe-state }（啟動類型：{ $service-bfe-start }）。

# of title fe596a, step-1 f6f22a, step-2 99f22c, risk 9e5f09, undo 284d3f
fix-replace-windows =
    .title = 改用受支援的 Windows
    .step-1 = 規劃將這台電腦升級到受支援的 Windows 版本。比 Windows 10 版本 1709 和 Windows Server 2016 更新的版本，不需任何修改就能以 IKEv2 連線到 Azure。
    .step-2 = 升級後重新安裝用戶端套件，然後連線。
    .risk = 升級期間無法使用這台電腦；有些程式可能不適用新版本。
    .undo = 十天內可用「設定」>「系統」>「復原」>「返回」。

# of title 018bb0, step-1 1e97ef, step-2 2e4555, step-3 f9dc76, risk 45d7dc, undo 900652
fix-prepare-windows-for-ikev2 =
    .title = 讓舊版 Windows 能使用 IKEv2
    .step-1 = 安裝最新的累積更新；至少要有 KB4057142（版本 1607、Server 2016）、KB4057144（1703）或 KB4089848（1709）。
    .step-2 = 以系統管理員身分執行：`reg add HKLM\SYSTEM\CurrentControlSet\Services\RasMan\IKEv2 /v DisableCertReqPayload /t REG_DWORD /d 1`
    .step-3 = 重新啟動電腦，然後重新連線。
    .risk = 這台電腦的所有 VPN 連線都會中斷。
    .undo = 以系統管理員身分執行：`reg delete HKLM\SYSTEM\CurrentControlSet\Services\RasMan\IKEv2 /v DisableCertReqPayload` 然後重新啟動。

# of title e87230, step-1 6e4e23, step-2 47538b, step-3 26da8b, risk 052a40, undo 7cdfc3
fix-open-ike-ports =
    .title = 開放 UDP 500 和 4500
    .step-1 = 先從另一個網路連線一次，例如手機熱點。若能連線，就是原來的網路封鎖了 IKE。
    .step-2 = 在該網路的防火牆上，允許輸出到 { $ras-entry-server } 的 UDP 500 和 4500，並放行其回應。訪客網路只有營運者能開放。
    .step-3 = 重新連線。
    .risk = 這個網路的電腦可以建立通往閘道的 IPsec 通道，避開內容檢查。
    .undo = 刪除該防火牆規則。

# of title c37ef9, step-1 fea6c2, step-2 7223e8, step-3 90a3b2, step-4 821c9f, verify 7ec1c2, undo e3d275
fix-use-tcp-443 =
    .title = 改用走 TCP 443 的通道
    .step-1 = 閘道提供 SSTP：執行 ncpa.cpl，開啟 { $ras-entry-name } 的「內容」>「安全性」，「VPN 類型」選「安全通訊端通道通訊協定 (SSTP)」，然後重新連線。如果內容中沒有「安全性」索引標籤，請在 PowerShell 執行：`Set-VpnConnection -Name "{ $ras-entry-name }" -TunnelType Sstp`
    .step-2 = 這個方法只能用到 2027 年 3 月 31 日：之後 Azure 就不再支援 SSTP。請在那之前讓閘道改用 IKEv2 與 OpenVPN。
    .step-3 = 閘道提供 OpenVPN：以要連線的使用者登入，從 Microsoft Store 安裝「Azure VPN Client」。它需要 Windows 10 或更新版本；較舊的 Windows 請改用 OpenVPN 用戶端，搭配套件中的 OpenVPN\vpnconfig.ovpn，並在其中填入用戶端憑證及其金鑰。
    .step-4 = 在 Azure VPN Client 中選擇 + >「匯入」，選取套件中的 AzureVPN\azurevpnconfig.xml。如果套件中沒有 AzureVPN 資料夾，表示它是在閘道提供 OpenVPN 之前產生的：請從閘道的「點對站設定」頁面重新下載。若使用者以憑證驗證，請選擇這位使用者的用戶端憑證。儲存後連線。
    .verify = VPN 已透過 TCP 443 連線：以 SSTP，或在 OpenVPN 的用戶端中。
    .undo = 若在此改過 VPN 類型，將它改回原來的設定（{ $ras-entry-vpn_strategy }）；若設定了 OpenVPN 用戶端，則刪除其中的設定檔。

# of title 821ed0, step-1 6152c4, step-2 4633e5, risk 27f453, undo f6cef6
fix-offer-openvpn =
    .title = 在閘道上新增 OpenVPN
    .step-1 = 「點對站設定」>「通道類型」：選「IKEv2 和 OpenVPN (SSL)」並儲存。Basic SKU 沒有這個選項。等到閘道的狀態為 Succeeded。
    .step-2 = 下載新的套件，為需要走 TCP 443 的使用者將其中的 AzureVPN\azurevpnconfig.xml 匯入 Azure VPN Client。使用 IKEv2 的用戶端維持原狀。
    .risk = 變更閘道需要數分鐘；現有連線可能中斷。
    .undo = 選回原來的通道類型並儲存。

# of title d30e38, step-1 8d8b2e, step-2 1bc744, step-3 22a681, risk 0b08f9, undo 083427
fix-pass-ike-fragments =
    .title = 放行 IKE 的分段封包
    .step-1 = 在用戶端與閘道之間的防火牆或路由器上，放行往來 { $ras-entry-server } 的 UDP 分段；有些設備為了防範洪水攻擊 (flood) 會捨棄分段。
    .step-2 = 若對外線路的 MTU 較小，請在路由器上設定 MTU，而不要捨棄過大的封包。
    .step-3 = 一面擷取封包，一面重新連線：IKE_AUTH 必須得到回應。
    .risk = 攻擊可能藉由分段避開簡單的過濾；請只對這個位址放行。
    .undo = 還原防火牆原來的設定。

# of title 789160, step-1 ff8bc2, step-2 495c77, step-3 e2784e, risk 27f453, undo f6cef6
fix-add-ikev2 =
    .title = 在閘道上新增 IKEv2
    .step-1 = Basic 閘道自 2025 年 11 月起才提供 IKEv2。如果入口網站沒有這個通道類型，就必須以其他 SKU 建立新閘道，因為 Basic 無法變更 SKU。在那之前請用 SSTP。
    .step-2 = 「點對站設定」>「通道類型」：選取除了目前類型還包含 IKEv2 的項目並儲存。等到閘道的狀態為 Succeeded。
    .step-3 = 下載新的套件，安裝到要使用 IKEv2 的用戶端。
    .risk = 變更閘道需要數分鐘；現有連線可能中斷。
    .undo = 選回原來的通道類型並儲存。

# of title 065412, step-1 b53eeb, step-2 8db3d7, step-3 dd7c2b, undo 81b614
fix-repair-name-resolution =
    .title = 讓閘道的名稱可以解析
    .step-1 = 在 PowerShell 先查詢網際網路上的伺服器：`Resolve-DnsName { $ras-entry-server } -Server 1.1.1.1` 再查詢 Windows 所用的伺服器：`Resolve-DnsName { $ras-entry-server }` 若只有前者查得到，問題出在這個網路的 DNS 伺服器或篩選機制。
    .step-2 = 用網頁瀏覽器登入訪客網路，或在 DNS 篩選中將這個名稱列為例外。接著清除名稱的快取：`ipconfig /flushdns` 然後重新連線。
    .step-3 = 若兩者都沒有回應，這個名稱已不存在：請與新套件 Generic\VpnSettings.xml 中的 VpnServer 比對。不要把位址寫進 hosts 檔；閘道的位址可能改變。
    .undo = 移除 DNS 篩選中的例外。

# of title 0ea619, step-1 241a47, step-2 8b471d, risk e73dd1, undo 3fa62c
fix-disconnect-other-vpn =
    .title = 中斷另一個 VPN 連線
    .step-1 = 中斷 { $net-other_tunnels-name } 的連線，然後重新連線。
    .step-2 = 若兩者必須同時使用，請另一個 VPN 的管理者讓前往 { $ras-entry-server } 的流量不走它的通道。
    .risk = 這段期間無法存取經由另一個 VPN 才能連到的資源。
    .undo = 重新連上另一個 VPN。

# of title e8d762, step-1 2ad9b7, step-2 b68815, step-3 fb2a2f, risk 0b71f2, undo 8944b8
fix-start-ike-services =
    .title = 啟動 IKE 所需的服務
    .step-1 = 以系統管理員身分執行：`sc.exe config BFE start= auto` 再執行：`sc.exe config IKEEXT start= auto`
    .step-2 = 接著以系統管理員身分啟動兩者：`net start BFE` 以及：`net start IKEEXT` 若 Windows 顯示服務不存在，請修復 Windows：`DISM /Online /Cleanup-Image /RestoreHealth` 再執行：`sfc /scannow` 然後重新啟動電腦。
    .step-3 = 若是原則或資安產品停用了這些服務，也要一併修改，否則服務還會再停止。然後重新連線。
    .risk = Windows 防火牆的篩選規則會依其設定重新生效。
    .undo = 用 sc.exe config 改回原來的啟動類型：BFE { $service-bfe-start }、IKEEXT { $service-ikeext-start }。

# of title b1d18c, text 819d26
symptom-message-badly-formatted-80090326 =
    .title = 收到的訊息不符預期或格式錯誤
    .text = 其中一方中斷了 TLS 交握；多半是閘道不接受用戶端的憑證。

# of title 267c61, cause 599de0
rule-gateway-subnet-default-route =
    .title = GatewaySubnet 上有預設路由
    .cause = 路由表 { $gateway_subnet-table } 將 GatewaySubnet 的預設路由導向別處。閘道因此連不到 Azure 的管理平面，回給用戶端的封包也會走錯路徑。這個路由表還轉送 { $gateway_subnet-other_routes-prefix }，所以必須保留。

# of title 0eccae, cause 02639d
rule-route-table-default-only =
    .title = GatewaySubnet 的路由表只有預設路由
    .cause = 路由表 { $gateway_subnet-table } 將 GatewaySubnet 的預設路由導向別處，除此之外沒有其他路由。閘道因此連不到 Azure 的管理平面，回給用戶端的封包也會走錯路徑。可以解除它與 GatewaySubnet 的關聯；若其中的「傳播閘道路由」為「否」，該設定也會隨之失效。

# of title 03b4ec, cause a4e5db
rule-root-not-uploaded =
    .title = 用戶端憑證的根憑證不在閘道上
    .cause = 使用者具有私密金鑰的憑證中，沒有一張是由閘道上的根憑證（{ $gateway-p2s-roots-name }）簽發。這些憑證的簽發者是：{ $client-with_key-issuer }。

# of title 74d88b, cause 24b8e6
rule-root-data-corrupted =
    .title = 閘道上的根憑證無法讀取
    .cause = 閘道上根憑證 { $gateway-broken_roots-name } 的資料不是憑證，因此憑證由它簽發的用戶端，閘道一律不接受。以 LS0tLS1CRUdJTi 開頭的資料，是被多編碼了一次的 PEM 檔。

# of title 7b1393, cause 973914
rule-root-expired =
    .title = 閘道上的根憑證已過期
    .cause = 閘道上的根憑證 { $gateway-expired_roots-name } 已過期，而閘道上沒有其他有效的根憑證適用於這位使用者的憑證。

# of title 5a3fde, cause 3c9653
rule-client-certificate-revoked =
    .title = 用戶端憑證已在閘道上撤銷
    .cause = 用戶端憑證 { $client-revoked-subject }（{ $client-revoked-thumbprint }）列在閘道的「已撤銷的憑證」清單中。

# of title cb49dd, cause 9bb764
rule-client-and-root-expired =
    .title = 用戶端憑證及其在閘道上的根憑證都已過期
    .cause = 用戶端憑證 { $client-under_expired-subject } 已過期，簽發它的閘道根憑證 { $gateway-expired_roots-name } 也已過期。必須先更換根憑證，才能簽發新的用戶端憑證。

# of title de345a, cause d140c5
rule-client-certificate-expired =
    .title = 由有效根憑證簽發的用戶端憑證已過期或尚未生效
    .cause = 由閘道根憑證簽發的用戶端憑證目前都無效。有效期間自 { $client-under_current-not_before } 至 { $client-under_current-not_after }。

# of title 105a4c, cause d91589
rule-client-certificate-wrong-purpose =
    .title = 用戶端憑證不能用於用戶端驗證
    .cause = 用戶端憑證 { $client-in_time-thumbprint } 缺少「用戶端驗證」用途（1.3.6.1.5.5.7.3.2）。

# of title 03afb3, cause 1aac7b
rule-tls-inspected =
    .title = 通往閘道的 TLS 在途中被解密
    .cause = { $ras-entry-server } 連接埠 443 的憑證是由 { $server-certificate-issuer } 簽發。用戶端與閘道之間有 Proxy 或防火牆將 TLS 解密，並改用自己的憑證。

# of title 5902da, cause 5bffe3
rule-tls-below-12 =
    .title = 用戶端的 TLS 1.2 已停用
    .cause = 這台用戶端停用了 TLS 1.2，而閘道不接受更舊的版本。

# of title b808c5, cause 7eb479
rule-gateway-change-failed =
    .title = 閘道的上次變更失敗
    .cause = 閘道的上次變更失敗。入口網站顯示的內容（包括根憑證）未必就是閘道實際使用的內容。

# of title e862cf, step-1 2198e0, step-2 db5937, step-3 049747, step-4 26da8b, risk 805d1c, undo 3b7376
fix-delete-default-route =
    .title = 刪除預設路由
    .step-1 = 先查明哪些流量依賴這條路由，包括內部部署網路的流量。必須經過防火牆的網路，請另外加入以該網路的位址首碼為目的地的路由，不要使用 0.0.0.0/0。
    .step-2 = 開啟 GatewaySubnet 的路由表，記下路由 0.0.0.0/0（或 0.0.0.0/1 與 128.0.0.0/1 這兩條路由）的下一個躍點類型與下一個躍點位址，然後刪除。其他路由保留不動：{ $gateway_subnet-other_routes-prefix }。
    .step-3 = 「傳播閘道路由」維持開啟。
    .step-4 = 重新連線。
    .risk = 站對站與 ExpressRoute 使用同一個子網路，變更路由時，這些流量可能中斷數秒。依賴這條路由而沒有其他路由可走的流量，會一直中斷。
    .undo = 以記下的下一個躍點重新加入這條路由。

# of title cbfa5b, step-1 07ca54, step-2 e6c90a, step-3 26da8b, risk 805d1c, undo eef36a
fix-detach-route-table =
    .title = 解除 GatewaySubnet 與路由表的關聯
    .step-1 = 先確認路由表仍然沒有其他路由。若現在已有其他路由，不要解除關聯，只刪除其中的預設路由，其餘保留。並查明哪些流量依賴預設路由，包括內部部署網路的流量。
    .step-2 = 「虛擬網路」>「子網路」> GatewaySubnet：先記下路由表的名稱，再將「路由表」設為「無」並儲存。不要刪除路由表本身：其他子網路可能也在使用。
    .step-3 = 重新連線。
    .risk = 站對站與 ExpressRoute 使用同一個子網路，變更路由時，這些流量可能中斷數秒。依賴這條路由而沒有其他路由可走的流量，會一直中斷。
    .undo = 在「子網路」> GatewaySubnet 重新選取這個路由表。

# of title 45b25b, step-1 852886, step-2 5050d7, step-3 26da8b, undo 9dfdb5
fix-import-client-certificate =
    .title = 安裝由閘道根憑證簽發的用戶端憑證
    .step-1 = 請簽發單位以閘道上的根憑證（{ $gateway-p2s-roots-name }）簽發一張用戶端憑證，並取得 .pfx 檔及其密碼。
    .step-2 = 以要連線的使用者身分開啟 .pfx：存放位置選「目前使用者」，存放區選「個人」。不要選取「啟用加強私密金鑰保護」。
    .step-3 = 重新連線。
    .undo = 在 certmgr.msc 的「個人」中刪除這張憑證。

# of title 692c8e, step-1 eb0f34, step-2 59c389, step-3 6e45dd, step-4 1be11a, risk 27f453, risk-2 19e055, undo 36dca4
fix-upload-client-root =
    .title = 上傳用戶端憑證的根憑證
    .step-1 = 在使用者憑證的簽發者（{ $client-with_key-issuer }）中，找出貴單位用來簽發 VPN 用戶端憑證的憑證授權單位；如果其中沒有，請停下來。絕對不要上傳公用憑證授權單位的根憑證，也不要上傳用於電子郵件或裝置管理的根憑證：凡是持有其下憑證的人都能連線。
    .step-2 = 在用戶端開啟 certmgr.msc >「個人」>「憑證」：開啟由它簽發的用戶端憑證 >「憑證路徑」，開啟最上層的憑證，選「詳細資料」>「複製到檔案」，格式選 Base-64 編碼 X.509 (.CER)。若憑證路徑未到達根憑證，請向簽發單位索取根憑證的 .cer 檔。
    .step-3 = 「點對站設定」>「根憑證」：新增一列並輸入新名稱，將 BEGIN 與 END 兩行之間的內容接成一行後貼上。其他列保持原樣。
    .step-4 = 儲存，等到閘道的狀態為 Succeeded，再重新連線。
    .risk = 變更閘道需要數分鐘；現有連線可能中斷。
    .risk-2 = 凡是持有由這張根憑證簽發之憑證的人，都能連線。
    .undo = 刪除新增的那一列並儲存。

# of title d8e590, step-1 dd7225, step-2 e44993, step-3 ef2faa, step-4 31efe8, risk 69efb6, undo 8b92e4
fix-replace-corrupted-root =
    .title = 重新上傳無法讀取的根憑證
    .step-1 = 向用戶端憑證的簽發單位索取 { $gateway-broken_roots-name } 原本應有的根憑證，格式為 Base-64 編碼 X.509 (.CER)，不含私密金鑰。不要將 PEM 檔交給會再編碼一次的工具處理。這張根憑證的指紋必須與使用者憑證的憑證路徑中最上層憑證的指紋相同；若不同，這位使用者還需要另一張用戶端憑證。
    .step-2 = 「點對站設定」>「根憑證」：以新名稱新增一列，貼上 BEGIN 與 END 兩行之間的內容，接成一行。先不要刪除 { $gateway-broken_roots-name }。
    .step-3 = 儲存，等到閘道的狀態為 Succeeded，再從一台用戶端連線。
    .step-4 = 確定可以連線之後，刪除 { $gateway-broken_roots-name } 那一列，再儲存一次。
    .risk = 閘道要變更兩次，每次數分鐘；現有連線可能中斷。
    .undo = 刪除新增的那一列並儲存。舊的那一列不必復原：沒有人能靠它連線。

# of title e20d88, step-1 b35188, step-2 fc7c11, step-3 a1ad49, step-4 727ef2, risk 843322, undo 1374db
fix-replace-expired-root =
    .title = 更換過期的根憑證
    .step-1 = 在當初產生舊根憑證的地方（憑證授權單位，或存有其私密金鑰的電腦），建立新的根憑證或更新舊的根憑證，並匯出為 Base-64 編碼 X.509 (.CER)，不含私密金鑰。
    .step-2 = 「點對站設定」>「根憑證」：以新名稱新增一列，貼上 BEGIN 與 END 兩行之間的內容，接成一行；並刪除 { $gateway-expired_roots-name } 那一列。兩件事都做完才儲存：只要還有過期的根憑證，Azure 就會拒絕儲存。
    .step-3 = 儲存，等到閘道的狀態為 Succeeded。
    .step-4 = 以新的根憑證簽發用戶端憑證，並安裝到各用戶端，然後重新連線。
    .risk = 變更閘道需要數分鐘；現有連線可能中斷。原本使用過期根憑證的用戶端，在拿到新憑證之前都無法連線。
    .undo = 過期的根憑證無法復原：它不能再次儲存，也沒有用戶端能用它連線。新增的那一列可以刪除。

# of title 23d4f4, step-1 e09810, step-2 d6d39c, step-3 5188c1, undo 91aecd
fix-reissue-client-certificate =
    .title = 重新簽發用戶端憑證
    .step-1 = 請簽發單位以閘道上尚未過期的根憑證（{ $gateway-current_roots-name }）為這位使用者簽發新憑證，立即生效，用途須包含「用戶端驗證」。
    .step-2 = 以 .pfx 安裝到要連線的使用者：存放位置選「目前使用者」，存放區選「個人」。不要選取「啟用加強私密金鑰保護」。
    .step-3 = 如果除了這個 VPN 之外還有其他用途會用到舊憑證，請先連同金鑰匯出。然後從該存放區刪除舊憑證，以免 Windows 選用它，再重新連線。
    .undo = 在 certmgr.msc 的「個人」中刪除新憑證；若曾匯出舊憑證，再將它匯入。

# of title 383c69, step-1 e739a6, step-2 3a2377, step-3 2e7ed6, risk 489f50, risk-2 27f453, undo b777d2
fix-remove-revocation =
    .title = 從撤銷清單移除這張憑證
    .step-1 = 先查明 { $client-revoked-thumbprint } 是誰撤銷的、為什麼撤銷。確定是誤撤銷才繼續。
    .step-2 = 「點對站設定」>「已撤銷的憑證」：刪除這個指紋所在的那一列並儲存。
    .step-3 = 等到閘道的狀態為 Succeeded，再重新連線。
    .risk = 持有這把私密金鑰的人都能再次連線，包括偷走它的人。
    .risk-2 = 變更閘道需要數分鐘；現有連線可能中斷。
    .undo = 將這個指紋重新加入清單。

# of title 022f7e, step-1 65c06b, step-2 edf20f, risk 3b060c, undo f563ff
fix-exempt-from-inspection =
    .title = 將閘道排除在 TLS 檢查之外
    .step-1 = 在 Proxy 或防火牆上，將 { $ras-entry-server } 排除在 TLS 檢查之外（TCP 443，以名稱而非位址設定）。
    .step-2 = 重新連線。此時連接埠 443 的憑證必須來自閘道。
    .risk = Proxy 將看不到這條連線的內容。
    .undo = 移除這項排除設定。

# of title e94f82, step-1 b64668, step-2 0de06c, step-3 d27813, step-4 96c813, step-5 21d7c2, step-6 48b4cb, step-7 f9dc76, undo b8e30e
fix-enable-tls12 =
    .title = 啟用 TLS 1.2
    .step-1 = 將用戶端升級到仍受支援的 Windows 版本；這些版本已啟用 TLS 1.2。
    .step-2 = 在那之前，先安裝更新 KB3140245 與 KB2977292。
    .step-3 = 以系統管理員身分執行：`reg add HKLM\SYSTEM\CurrentControlSet\Services\RasMan\PPP\EAP\13 /v TlsVersion /t REG_DWORD /d 0xfc0`
    .step-4 = 以系統管理員身分執行：`reg add "HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Internet Settings\WinHttp" /v DefaultSecureProtocols /t REG_DWORD /d 0xaa0`
    .step-5 = 以系統管理員身分執行：`reg delete "HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.2\Client" /v Enabled`
    .step-6 = 以系統管理員身分執行：`reg delete "HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.2\Client" /v DisabledByDefault`
    .step-7 = 重新啟動電腦，再重新連線。
    .undo = 將這些值改回原來的設定，原本不存在的則刪除：TlsVersion { $tls12-eap_versions }、Enabled { $tls12-enabled }、DisabledByDefault { $tls12-disabled_by_default }。若曾加入 DefaultSecureProtocols，也將它刪除。然後重新啟動。

# of title a2d1f3, step-1 0f2167, step-2 4cc6fe, step-3 886c4a, step-4 2e7ed6, risk 27f453, undo d0976b
fix-repeat-gateway-change =
    .title = 重新執行閘道的上次變更
    .step-1 = 重新執行失敗的那次變更，並在同一次儲存中刪除過期的根憑證 { $gateway-expired_roots-name }：只要它還在，Azure 就會拒絕任何變更。
    .step-2 = 閘道上沒有其他有效的根憑證。請在同一次儲存中加入接替的根憑證，否則使用憑證的用戶端都無法連線。
    .step-3 = 重新執行失敗的那次變更，或不改任何設定直接寫回閘道：`az network vnet-gateway update --ids { $gateway_id }`
    .step-4 = 等到閘道的狀態為 Succeeded，再重新連線。
    .risk = 變更閘道需要數分鐘；現有連線可能中斷。
    .undo = 把重新執行的變更所設定的內容改回去。若只是不改設定直接寫回閘道，則不需要復原；已刪除的過期根憑證不能再次儲存。

# of title 38f3ef, step-1 c4492d, step-2 2e7ed6, risk 49be75, verify-2 6f27da, undo c98439
fix-reset-gateway =
    .title = 重設閘道
    .step-1 = 「虛擬網路閘道」>「說明」>「重設」，或執行：`az network vnet-gateway reset --ids { $gateway_id }`
    .step-2 = 等到閘道的狀態為 Succeeded，再重新連線。
    .risk = 閘道會重新啟動：點對站與站對站連線會中斷數分鐘。
    .verify-2 = 重設之前失敗的動作，現在可以成功。
    .undo = 無法復原：閘道已經重新啟動。

# of title 1b8b26, text 8c3f68
symptom-cert-chain-untrusted-root-800b0109 =
    .title = 閘道憑證的根憑證不受信任
    .text = 用戶端在驗證伺服器時中斷了連線。

# of title 2b9bd2, cause 61b11a
rule-server-root-missing =
    .title = 缺少閘道憑證的根憑證，且沒有原則禁止 Windows 取得
    .cause = 閘道的憑證由 { $server-certificate-issuer } 簽發。其上層的根憑證（{ $server-certificate-root_thumbprint }）不在這台電腦信任的根憑證之中。

# of title 2e0b31, cause e4e4a0
rule-server-root-in-user-store =
    .title = 只有使用者信任閘道憑證的根憑證
    .cause = 閘道憑證的根憑證 { $server-certificate-root_thumbprint } 只受這位使用者信任。VPN 服務以系統身分執行，只查看電腦的根憑證。

# of title bd085f, cause 0a03a1
rule-root-update-blocked =
    .title = 原則禁止 Windows 取得根憑證
    .cause = 原則（DisableRootAutoUpdate）禁止 Windows 自行取得公開的根憑證，因此這台電腦缺少閘道憑證的根憑證 { $server-certificate-root_thumbprint }。

# of title 9a1ac9, cause 00c4b4
rule-package-without-server-root =
    .title = 用戶端的套件沒有閘道的根憑證
    .cause = { $package-generated_at } 產生的套件不含閘道憑證目前的根憑證 { $server-certificate-root_thumbprint }。閘道在那之後換成了由另一張根憑證簽發的憑證。

# of title a8dbd3, step-1 896cf1, step-2 cec5a8, step-3 ce740c, step-4 26da8b, risk 5990fe, undo 9bb5d0
fix-trust-server-root =
    .title = 信任閘道憑證的根憑證
    .step-1 = 從可信任的來源取得根憑證：現在重新下載的套件中的 Generic\VpnServerRoot.cer，或憑證授權單位的網站。不要從連線本身取得。另存為 C:\Users\Public\VpnServerRoot.cer。
    .step-2 = 查看其指紋（「憑證雜湊(sha1)」），必須是 { $server-certificate-root_thumbprint }：`certutil -dump C:\Users\Public\VpnServerRoot.cer`
    .step-3 = 以系統管理員身分執行：`certutil -addstore Root C:\Users\Public\VpnServerRoot.cer`
    .step-4 = 重新連線。
    .risk = 這台電腦會信任這張根憑證所簽發的一切憑證，包括網站憑證。
    .undo = 在 certlm.msc 的「受信任的根憑證授權單位」中刪除這張根憑證。

# of title 5b5543, step-1 4e4b87, step-2 1a4b02, step-3 ab185b, step-4 81d8c7, step-5 26da8b, risk f6df5c, undo 2f8f95
fix-allow-root-update =
    .title = 允許 Windows 取得根憑證
    .step-1 = 先查明是誰設定這項原則、為什麼設定。若電腦不得連上網際網路，請保留這項原則，改用群組原則派送根憑證。
    .step-2 = 在設定這項原則的群組原則中（gpmc.msc；未加入網域的電腦則用本機的 gpedit.msc）：「電腦設定」>「系統管理範本」>「系統」>「網際網路通訊管理」>「網際網路通訊設定」：將「關閉自動根憑證更新」設為「尚未設定」。
    .step-3 = 在用戶端執行：`gpupdate /force` 然後查看該值；若顯示找不到的錯誤，表示該值已不存在：`reg query HKLM\SOFTWARE\Policies\Microsoft\SystemCertificates\AuthRoot /v DisableRootAutoUpdate`
    .step-4 = 如果仍為 0x1，以系統管理員身分查看是否還有其他群組原則設定它：`gpresult /scope computer /v` 若列出 DisableRootAutoUpdate，請變更所列的群組原則；由 Intune 管理的電腦，也要查看 Intune 的原則。兩者都沒有設定時，才是直接寫入的：`reg delete HKLM\SOFTWARE\Policies\Microsoft\SystemCertificates\AuthRoot /v DisableRootAutoUpdate /f`
    .step-5 = 重新連線。
    .risk = 這台電腦會信任 Microsoft 根憑證計畫中的所有根憑證，與 Windows 的預設相同。
    .undo = 重新啟用原則，或將該值改回 1。

# of title 31d397, text 8b6f4d
symptom-download-target-uri-not-specified =
    .title = 入口網站無法產生用戶端套件
    .text = 檔案下載錯誤，未指定目標 URI。

# of title 25cf61, cause f18b8e
rule-point-to-site-not-configured =
    .title = 尚未設定點對站
    .cause = 閘道沒有用戶端的位址集區：點對站從未設定，或設定後沒有儲存。無論閘道是哪一種類型，沒有位址集區 Azure 就不會產生套件。

# of title 51deca, cause d3f9d5
rule-point-to-site-without-root =
    .title = 閘道採用憑證驗證，卻沒有任何根憑證
    .cause = 閘道有位址集區，但既沒有根憑證，也沒有其他驗證用戶端的方式。

# of title c4e6ce, cause fc18a6
rule-gateway-policy-based =
    .title = 閘道是原則式的
    .cause = 閘道是原則式（PolicyBased）。點對站需要路由式（RouteBased）閘道，而閘道的 VPN 類型建立後不能變更。

# of title 9f9d57, cause 4da402
rule-gateway-not-for-vpn =
    .title = 閘道不是 VPN 閘道
    .cause = 閘道的類型是 { $gateway-kind }，不是 VPN 閘道，用戶端無法連線到它。

# of title 403bd7, cause a2673e
rule-gateway-being-changed =
    .title = 閘道正在變更
    .cause = 閘道的變更尚未結束；在結束之前，Azure 可能不會產生套件。

# of title f11883, cause 8b089e
rule-gateway-change-failed-no-package =
    .title = 閘道的上次變更失敗
    .cause = 閘道的上次變更失敗；在下一次變更成功之前，Azure 可能不會產生套件。

# of title bd5349, step-1 fca3b1, step-2 b14840, step-3 719e13, risk 3f42a3, verify-2 73f339, undo f5d131
fix-configure-point-to-site =
    .title = 設定點對站
    .step-1 = 選一個位址集區，不可與虛擬網路的位址空間、對等互連或內部部署的網路重疊，也要避開常見的家用網路，例如 192.168.0.0/24 與 192.168.1.0/24。
    .step-2 = 「虛擬網路閘道」>「點對站設定」>「立即設定」：輸入位址集區，選擇通道類型與驗證類型。使用憑證時，至少加入一張根憑證的公開資料。
    .step-3 = 儲存，等到閘道的狀態為 Succeeded，再重新下載 VPN 用戶端。
    .risk = 變更閘道需要數分鐘；站對站連線可能短暫中斷。
    .verify-2 = 「下載 VPN 用戶端」會得到一個 zip 檔。
    .undo = 「點對站設定」>「刪除設定」。

# of title c4e8a3, step-1 d9d62c, step-2 ad0728, step-3 719e13, risk a53f18, risk-2 19e055, verify-2 73f339, undo 95f7e9
fix-add-first-root =
    .title = 加入第一張根憑證
    .step-1 = 將用戶端憑證的根憑證（不是用戶端憑證）匯出為 Base-64 編碼 X.509 (.CER)，不含私密金鑰。
    .step-2 = 「點對站設定」>「根憑證」：輸入名稱，並將 BEGIN 與 END 兩行之間的內容接成一行後貼上。
    .step-3 = 儲存，等到閘道的狀態為 Succeeded，再重新下載 VPN 用戶端。
    .risk = 變更閘道需要數分鐘；目前還沒有人以憑證連線。
    .risk-2 = 凡是持有由這張根憑證簽發之憑證的人，都能連線。
    .verify-2 = 「下載 VPN 用戶端」會得到一個 zip 檔。
    .undo = 刪除這張根憑證的那一列並儲存。

# of title a6120b, step-1 1f4243, step-2 719e13, risk ee05dc, verify-2 73f339, undo 5ef597
fix-choose-other-authentication =
    .title = 改以 Entra ID 或 RADIUS 驗證
    .step-1 = 「點對站設定」>「驗證類型」：選擇 Microsoft Entra ID（只能搭配 OpenVPN 通道類型）或 RADIUS，並輸入所需的值。
    .step-2 = 儲存，等到閘道的狀態為 Succeeded，再重新下載 VPN 用戶端。
    .risk = 變更閘道需要數分鐘；用戶端需要採用新驗證方式的套件。
    .verify-2 = 「下載 VPN 用戶端」會得到一個 zip 檔。
    .undo = 選回原來的驗證類型並儲存。

# of title addd39, step-1 c46c18, step-2 ab4ed6, step-3 085c51, step-4 8bdf4e, step-5 70106c, step-6 e62e6f, risk cf2107, undo e3dcb3
fix-replace-gateway =
    .title = 改用路由式閘道
    .step-1 = 動手之前，先針對每個連線詢問對端：設備能否與路由式閘道搭配。現有的閘道只支援 IKEv1；路由式閘道若為 Basic SKU 只支援 IKEv2，其他 SKU 則兩者都支援。若設備一定要逐對指定網路（流量選取器），其連線必須啟用「使用以原則為基礎的流量選取器」，而且不能用 Basic SKU。只要有一端辦不到，就請停下來。
    .step-2 = 與所有對端一起安排維護時段。這不是改個設定而已：閘道要刪除後重建，往往需要 45 分鐘以上。除非能沿用舊閘道的靜態公用 IP 資源，否則新的閘道會有不同的公用 IP 位址，每一台對端設備都要改成新的位址。
    .step-3 = 記下與閘道相關的一切：各連線及其共用金鑰、區域網路閘道、IPsec 原則、公用 IP 資源。
    .step-4 = 先刪除它的連線，再刪除閘道。建立類型為 Vpn 的路由式閘道，並選擇支援用戶端與對端需求的 SKU；Basic 沒有 OpenVPN，因此不能用 Entra ID，也不支援 RADIUS。
    .step-5 = 重新建立連線；公用 IP 位址若有改變，請對端設備改用新的位址。確認每個連線的狀態都是 Connected。
    .step-6 = 設定點對站，並下載 VPN 用戶端。
    .risk = 在新閘道建立完成、對端也改好設定之前，這個網路的所有 VPN 連線都會中斷。
    .undo = 無法復原：刪除的閘道回不來，原則式閘道只能重新建立。

# of title e84636, step-1 23d1ed, step-2 0d3bd9, step-3 8a2e11, undo 481246
fix-add-vpn-gateway =
    .title = 建立 VPN 閘道
    .step-1 = 先看這個網路是否已有 VPN 閘道；有的話，就從那一個下載。
    .step-2 = 沒有的話，建立一個類型為 Vpn 的路由式閘道。只要 GatewaySubnet 是 /27 或更大，它可以與 ExpressRoute 閘道並存於同一個 GatewaySubnet。
    .step-3 = 在新閘道上設定點對站，並下載 VPN 用戶端。
    .undo = 刪除新的閘道。

# of title 41158b, step-1 794a44, step-2 6a7c6c, undo 5f5725
fix-wait-for-gateway =
    .title = 等待閘道變更結束
    .step-1 = 現在不要儲存或重設閘道。每隔幾分鐘查看一次佈建狀態；變更需要數分鐘，建立閘道則往往需要 45 分鐘以上。
    .step-2 = 狀態變成 Succeeded 時，重新下載 VPN 用戶端；變成 Failed 時，重新執行那次變更。若 Updating 超過兩小時，請提出支援要求。
    .undo = 不需要復原：沒有任何變更。

# of title 93a1b7, step-1 ae8fa5, verify 5207b9, undo 5f5725
fix-download-package-again =
    .title = 重新下載套件
    .step-1 = 「虛擬網路閘道」>「點對站設定」>「下載 VPN 用戶端」，或使用 Azure CLI：`az network vnet-gateway vpn-client generate`
    .verify = zip 檔已下載，而且可以開啟。
    .undo = 不需要復原：沒有任何變更。

# of title bb872a, text c253ab
symptom-custom-script-failed-8007026f =
    .title = 更新路由表的指令碼失敗
    .text = 連線已建立，隨即又中斷；是哪個步驟失敗，要看錯誤碼。

# of title 6eed1c
let-script-routes_in_place =
    .title = 與路由指令碼即將新增者相同，或通往位址集區的持續路由

# of title c7af35, cause 7a9b57
rule-started-from-shortcut =
    .title = 從捷徑啟動
    .cause = 電話簿中有 { $profile } 這個連線，從 VPN 清單連線也正常，但從捷徑啟動時，路由指令碼找不到它。

# of title c4613c, cause 6bdf13
rule-phonebook-entry-missing =
    .title = 電話簿中沒有這個連線
    .cause = 這台電腦上的所有電話簿都沒有 { $profile }。它在安裝之後被重新命名、移走或刪除，而路由指令碼是以這個名稱尋找它。

# of title 7ed82a, cause ca89bc
rule-appdata-on-server =
    .title = 電話簿放在伺服器上
    .cause = 使用者的應用程式資料（包括電話簿）放在伺服器上：{ $user-appdata }。建立 VPN 連線的過程中，路由指令碼可能連不到那裡。

# of title a3e9cd, cause 9f8b0c
rule-persistent-route-exists =
    .title = 路由已經存在
    .cause = 0x80071392（Win32 5010）表示物件已經存在：電腦上有通往 { $script-routes_in_place-prefix } 的持續路由（route print 會列在「持續路由」之下）。路由指令碼無法新增自己的路由，因此中止。

# of title 0119b7, cause 9e2840
rule-pool-overlaps-client-network =
    .title = 位址集區與用戶端所在的網路重疊
    .cause = 位址集區 { $gateway-p2s-pool } 與用戶端目前所在的網路（{ $net-local_adapters-prefixes }）重疊，Windows 因此以 0x80070057（Win32 87，參數錯誤）拒絕這條路由。

# of title 010107, cause 066ef3
rule-domain-membership-disturbed =
    .title = 網域成員資格異常
    .cause = 錯誤碼 0x8008025b 表示這台電腦的網域設定有問題，而它是網域成員。

# of title b21a8c, step-1 1ea12c, step-2 268b8d, undo f42363
fix-dial-from-list =
    .title = 從 VPN 清單連線
    .step-1 = 在「設定」>「網路和網際網路」>「VPN」，或從工作列的網路圖示，連線到 { $profile }。
    .step-2 = 刪除捷徑。
    .undo = 不需要：捷徑隨時可以重新建立。

# of title 2606f2, step-1 9c195e, step-2 cacf61, step-3 c02f26, step-4 008a58, risk bc28fc, verify-2 baa7b3, undo d25b42
fix-reinstall-profile =
    .title = 重新安裝連線
    .step-1 = 如果 VPN 已連線，請先中斷。將資料夾 { $cm-folder } 複製到別處備份。
    .step-2 = 只刪除這一個資料夾：{ $cm-folder }。不可刪除 Cm 或 Connections，其中有這位使用者的所有其他連線。
    .step-3 = 如果手邊的套件不是閘道最新的，或無法確定：虛擬網路閘道 >「點對站設定」>「下載 VPN 用戶端」，並將 zip 解壓縮。
    .step-4 = 以要連線的使用者登入，啟動 WindowsAmd64\VpnClientSetupAmd64.exe（32 位元 Windows 用 WindowsX86），再從 VPN 清單連線到 { $profile }。
    .risk = 使用者在這個連線中變更過的設定及儲存的認證都會遺失。
    .verify-2 = 「設定」>「網路和網際網路」>「VPN」已列出這個連線。
    .undo = 中斷 VPN 連線，移除新的連線；若有備份，再將備份複製回原處。

# of title 378704, step-1 427b8e, step-2 3684a5, step-3 b59547, risk 8c8868, undo de16c8
fix-keep-appdata-local =
    .title = 將電話簿保留在電腦上
    .step-1 = 群組原則 >「使用者設定」>「原則」>「Windows 設定」>「資料夾重新導向」>「AppData (漫遊)」：停止對這位使用者重新導向，並選擇將資料夾移回本機的使用者設定檔位置。
    .step-2 = 趁電腦仍連得到該伺服器時，請使用者登出再登入。
    .step-3 = 重新連線到 { $profile }。
    .risk = 沒有複製回來的資料會留在伺服器上，使用這些資料的程式啟動時會找不到它們。
    .undo = 重新啟用資料夾重新導向。

# of title a91ff8, step-1 9d25a6, step-2 086490, step-3 b59547, risk e3a048, undo c1a8a4
fix-delete-persistent-routes =
    .title = 刪除持續路由
    .step-1 = 查明通往 { $script-routes_in_place-prefix } 的路由是誰設定的：可能有指令碼或其他 VPN 需要它們。記下它們在「持續路由」之下的各行，包括遮罩、閘道與計量；列出路由的命令是：`route print -4`
    .step-2 = 以系統管理員身分開啟命令提示字元，對每一條路由執行下列命令，NETWORK 與 MASK 換成該行的網路與遮罩：`route delete NETWORK mask MASK`
    .step-3 = 重新連線到 { $profile }。
    .risk = VPN 未連線時，原本走這些路由的流量會改走其他路徑。
    .undo = 依記下的內容重新加入這些路由（計量若不是數字，就省略最後的 metric METRIC）：`route -p add NETWORK mask MASK GATEWAY metric METRIC`

# of title 01a2c8, step-1 ec601f, step-2 2a202a, undo a433c9
fix-dial-from-other-network =
    .title = 改從其他網路連線
    .step-1 = 先將電腦接上使用不同位址的網路（例如手機熱點），再連線 VPN。這樣也能確認原因就是位址重疊。
    .step-2 = 如果是家用網路，使用者可以在路由器上改用其他位址範圍。
    .undo = 將電腦接回原來的網路。

# of title c04077, step-1 1d7183, step-2 d1989e, step-3 184f29, step-4 37ddd5, risk 71d48d, undo 01cfcd
fix-move-pool =
    .title = 更換位址集區
    .step-1 = 選一個不與虛擬網路、內部部署網路，以及家用和飯店常用網路（192.168.0.0/16、10.0.0.0/24）重疊的集區。
    .step-2 = 先通知使用者變更時間，再到閘道的「點對站設定」頁面修改並儲存，等到閘道的狀態為 Succeeded。
    .step-3 = 防火牆規則與路由中若寫有舊集區，請一併修改。
    .step-4 = 重新下載用戶端套件，並安裝到所有用戶端。
    .risk = 所有點對站連線都會中斷，用戶端也需要新的套件。
    .undo = 改回舊的集區 { $gateway-p2s-pool }，並安裝舊的套件。

# of title 2f088e, step-1 d85838, step-2 a383a5, step-3 91768c, risk 703f46, verify 218384, undo c19012
fix-repair-domain-membership =
    .title = 修復網域成員資格
    .step-1 = 在連得到網域控制站的地方（公司內，或透過其他 VPN），以系統管理員身分在 PowerShell 執行：`Test-ComputerSecureChannel`
    .step-2 = 如果顯示 False，執行：`Test-ComputerSecureChannel -Repair -Credential (Get-Credential)` 然後重新連線。
    .step-3 = 如果仍無改善：先確認握有某個本機系統管理員帳戶的密碼，再退出網域、重新啟動、重新加入網域，最後重新啟動。
    .risk = 沒有本機系統管理員的密碼就退出網域，將無法再登入這台電腦。
    .verify = Test-ComputerSecureChannel 顯示 True，而且 VPN 連線成功。
    .undo = 無法復原：電腦在網域中的密碼已更換。

# of title 468281, text b98c0e, question b47e77
symptom-vpn-client-cannot-install =
    .title = 無法安裝 VPN 用戶端
    .text = 套件的安裝程式發生錯誤而結束，或 Windows 不讓它啟動。
    .question = VPN 用戶端套件的安裝程式（VpnClientSetup）是否發生錯誤而結束，或根本無法啟動？

# of title b5338d
let-setup-applocker_blocks =
    .title = AppLocker 擋下安裝程式的記錄

# of title c2ab45
let-setup-app_control_blocks =
    .title = App Control 擋下安裝程式的記錄

# of title fad891
let-setup-applocker_cmstp =
    .title = AppLocker 擋下 Connection Manager 安裝程式（cmstp.exe）的記錄

# of title 39c41a
let-setup-app_control_cmstp =
    .title = App Control 擋下 Connection Manager 安裝程式（cmstp.exe）的記錄

# of title ca95fd, text e61d02
let-setup-undone =
    .title = 缺少這個套件的連線
    .text = 沒有任何連線，或現有的連線來自比這個套件早一天以上的套件：設定檔資料夾中的檔案日期可能不含時刻。

# of title 07dba7
let-setup-blocked_by_policy =
    .title = 原則擋下了安裝程式或它所呼叫的程式

# of title 53906c
let-package-trusted_roots =
    .title = 套件的根憑證中，這台電腦信任的根憑證

# of title fafd1b, cause b7e652
rule-installer-blocked-by-policy =
    .title = 原則封鎖安裝程式
    .cause = 這台電腦的原則擋下了 VpnClientSetup。AppLocker 的封鎖記錄：{ $setup-applocker_blocks-time }；App Control 的封鎖記錄：{ $setup-app_control_blocks-time }。

# of title abd256, cause 4aef47
rule-connection-manager-blocked =
    .title = 原則封鎖 Connection Manager 的安裝程式
    .cause = VpnClientSetup 可以啟動，但這台電腦的原則擋下了它用來安裝連線的 cmstp.exe。AppLocker 的封鎖記錄：{ $setup-applocker_cmstp-time }；App Control 的封鎖記錄：{ $setup-app_control_cmstp-time }。

# of title 779c96, cause b375cd
rule-installer-held-back =
    .title = SmartScreen 攔下安裝程式
    .cause = Windows 拒絕啟動 VpnClientSetup，而 AppLocker 和 App Control 都沒有封鎖記錄。來自網際網路、又極少人執行過的檔案，SmartScreen 就會這樣處理；每個閘道的套件正是這種檔案。

# of title 505561, cause fff648
rule-installer-without-rights =
    .title = 使用者不是系統管理員
    .cause = 目前登入的使用者不是這台電腦的系統管理員。VpnClientSetup 要求使用 VPN 的人本身具有這項權限；只在提示時輸入另一個帳戶的密碼並不夠。

# of title 7eb5f5, cause c96034
rule-installer-for-other-architecture =
    .title = 安裝程式適用於另一種處理器架構
    .cause = 這台電腦的 Windows 是 { $os-architecture }，啟動的安裝程式卻適用於另一種架構。資料夾 WindowsAmd64 中的適用於 x64，WindowsX86 中的適用於 x86。

# of title 3c5970, cause d80455
rule-no-installer-for-arm =
    .title = 套件沒有 ARM 的安裝程式
    .cause = 這台電腦執行的是 ARM64 版的 Windows，而 Azure 只提供 x64 和 x86 的安裝程式。

# of title b407c6, cause bba130
rule-package-without-installer =
    .title = 套件中沒有安裝程式
    .cause = 這個套件只適用於 OpenVPN，其中沒有 VpnClientSetup：這種連線不是 Windows 內建的，而是由 Azure VPN Client 建立。

# of title 299b4b, cause 5a5433
rule-package-root-untrusted =
    .title = 只剩套件的根憑證不受信任可以解釋
    .cause = 找不到其他原因，而閘道憑證的根憑證（{ $package-roots }）沒有一張受這台電腦信任。安裝程式本身用不到它，但安裝後連線時需要。

# of title 9e3fd7, cause 56b372
rule-installer-failure-unexplained =
    .title = 安裝程式失敗，原因不明
    .cause = 已查看的項目都不會阻止安裝程式：原則、SmartScreen、權限、處理器架構、先前留下的資料夾與套件都已排除。不用安裝程式也能建立連線。

# of title 53194d, step-1 ca82d8, step-2 caf498, step-3 d190ba, step-4 718e0f, step-5 fffb8f, step-6 5f57e2, step-7 0cb0f8, step-8 cfa5d8, risk 56de91, undo 6f506e, verify-2 baa7b3
fix-allow-installer =
    .title = 在原則中允許安裝程式
    .step-1 = 找出 AppLocker 原則（網域用 gpmc.msc，這台電腦用 secpol.msc）：「電腦設定」>「原則」>「Windows 設定」>「安全性設定」>「應用程式控制原則」>「AppLocker」。在 secpol.msc 中，從「應用程式控制原則」看起。
    .step-2 = 找出 App Control 原則：在 Intune 的「端點安全性」之下；若不在那裡，請詢問是誰建立了 C:\Windows\System32\CodeIntegrity 中的原則。
    .step-3 = 如果沒有人設定過原則，而「智慧型應用程式控制」已開啟（「Windows 安全性」>「應用程式與瀏覽器控制」），就是它擋下的。它不能只放行單一檔案：請就此打住，改用不需要安裝程式的方式建立連線。
    .step-4 = 針對需要 VPN 的使用者，以雜湊允許 VpnClientSetupAmd64.exe（在 AppLocker 中屬於可執行檔規則）。拒絕這個檔案的規則優先於允許它的規則。這個檔案是隨套件產生的：其他閘道的檔案或日後重新下載的檔案，都需要另一條規則。
    .step-5 = 在這些使用者安裝的期間允許 C:\Windows\System32\cmstp.exe，之後再禁止：惡意程式碼會利用它避開這類原則。連線本身用不到它。
    .step-6 = 如果原則必須維持原狀，請改用 Intune 派送 VPN 連線，這樣就沒有人需要安裝程式。
    .step-7 = 讓 Intune 同步；若是群組原則，則執行：`gpupdate /force` 再以要使用 VPN 的使用者身分啟動 VpnClientSetup。
    .step-8 = 如果 VpnClientSetup 可以啟動但仍失敗，請在同一個事件記錄檔（「AppLocker」>「EXE and DLL」，或「CodeIntegrity」>「Operational」）查看 cmstp.exe 是否被擋下，安裝連線時會用到它；先前還不會出現這筆記錄。在這些使用者安裝的期間允許 C:\Windows\System32\cmstp.exe，之後再禁止。
    .risk = 這裡允許的程式，凡是規則列出的使用者都能執行，即使是由惡意程式碼啟動也一樣：不要列入其他人，也不要允許其他程式。
    .verify-2 = 「設定」>「網路和網際網路」>「VPN」已列出這個連線。
    .undo = 從原則中移除這條規則，連線仍可使用。

# of title c7d7f3, step-1 dd27d1, step-2 fb8b17, step-3 d9c44b, step-4 6db12f, risk 2447aa, verify-2 baa7b3, undo f079d9
fix-start-unknown-installer =
    .title = 不理會 SmartScreen，啟動安裝程式
    .step-1 = 先確認檔案的來源：從閘道的「點對站設定」頁面重新下載套件，或請閘道的管理員下載。不要啟動郵件附件或陌生人給的檔案。
    .step-2 = 開啟所下載 zip 的「內容」，選取「解除封鎖」，然後才解壓縮。
    .step-3 = 啟動其中的 VpnClientSetup。如果 Windows 仍顯示已保護您的電腦，請選取「其他資訊」>「仍要執行」。
    .step-4 = 如果沒有「仍要執行」，表示系統管理員已禁止；只有系統管理員能允許這個檔案，或用 Intune 派送連線。
    .risk = Windows 不再檢查這個檔案。假冒的安裝程式會以系統管理員權限執行。
    .verify-2 = 「設定」>「網路和網際網路」>「VPN」已列出這個連線。
    .undo = 在「設定」>「網路和網際網路」>「VPN」移除這個連線。

# of title 0b795b, step-1 ea775e, step-2 7decf4, step-3 f68ba6, verify-2 baa7b3, undo f079d9
fix-start-fitting-installer =
    .title = 啟動適合的安裝程式
    .step-1 = 啟動套件中的 WindowsAmd64\VpnClientSetupAmd64.exe。
    .step-2 = 啟動套件中的 WindowsX86\VpnClientSetupX86.exe。
    .step-3 = 從 VPN 清單連線到 { $profile }。
    .verify-2 = 「設定」>「網路和網際網路」>「VPN」已列出這個連線。
    .undo = 在「設定」>「網路和網際網路」>「VPN」移除這個連線。

# of title 5a7860, step-1 301060, step-2 bcba9c, step-3 2c89e5, step-4 3cca8b, step-5 f68ba6, risk 56fab7, verify-2 baa7b3, undo f079d9
fix-make-connection-by-script =
    .title = 用套件中的指令碼建立連線
    .step-1 = 以要使用 VPN 的使用者登入，將套件解壓縮。
    .step-2 = 擋下安裝程式的原則可能也管制指令碼：未獲允許的指令碼，PowerShell 只會以限制語言模式 (Constrained Language Mode) 執行，不論 -ExecutionPolicy 如何設定，這個指令碼可能因此中途停止。請先讓系統管理員以雜湊允許 WindowsPowershell\VpnProfileSetup.ps1，或改用 Intune 派送連線。
    .step-3 = 開啟 PowerShell，在解壓縮的資料夾中執行：`powershell -ExecutionPolicy Bypass -File WindowsPowershell\VpnProfileSetup.ps1`
    .step-4 = 這個指令碼會呼叫 Add-VpnConnection，不經 Connection Manager 就建立 Windows 內建的連線。如果它要求更高的權限，請這台電腦的系統管理員協助。
    .step-5 = 從 VPN 清單連線到 { $profile }。
    .risk = -ExecutionPolicy Bypass 會略過簽章檢查直接執行指令碼：只能執行剛從閘道下載的套件中的指令碼。如果擋下安裝程式的是原則，這麼做等於繞過原則：請先徵得原則負責人的同意。
    .verify-2 = 「設定」>「網路和網際網路」>「VPN」已列出這個連線。
    .undo = 在「設定」>「網路和網際網路」>「VPN」移除這個連線。

# of title 236d5c, step-1 2e25f5, step-2 da331a, step-3 76c37d, step-4 fb7353, risk 5990fe, undo 9bb5d0
fix-trust-package-root =
    .title = 信任套件中的根憑證
    .step-1 = 現在從閘道的「點對站設定」頁面下載套件並解壓縮。根憑證在其中的 Generic 資料夾，檔名以 VpnServerRoot.cer 開頭。
    .step-2 = 查看它的指紋（ROOT.cer 換成檔案的路徑）：`certutil -dump ROOT.cer` 必須是 { $package-roots } 其中之一，主體也必須是 DigiCert 之類的公開憑證授權單位。若不是，就到此為止。
    .step-3 = 以系統管理員身分執行（ROOT.cer 換成檔案的路徑）：`certutil -addstore Root ROOT.cer`
    .step-4 = 再次啟動 VpnClientSetup。不需要重新啟動 Windows。
    .risk = 凡是由這張根憑證簽發的憑證，這台電腦都會信任，網站的憑證也包括在內。
    .undo = 在 certlm.msc 的「受信任的根憑證授權單位」中刪除這張根憑證。

# of title b8ddf6, text aef13f
symptom-portal-root-cert-data-invalid =
    .title = 入口網站拒收根憑證的資料
    .text = 無法儲存虛擬網路閘道，某張憑證的資料無效。

# of title fa1707, text 99b42c
let-new_root =
    .title = 貼上的文字所含的憑證
    .text = 沒有憑證時即不存在。

# of title 1f4e2d, cause 636a37
rule-line-breaks-pasted =
    .title = 資料本身沒有 BEGIN 與 END 行，但其中有換行或空白
    .cause = 這段文字是憑證，但夾雜了換行、空白或其他字元。這個欄位只接受一行 Base64 文字。

# of title 7e31aa, cause ecba9e
rule-pem-lines-pasted =
    .title = 連同 BEGIN 與 END 兩行一起貼上
    .cause = 「-----BEGIN CERTIFICATE-----」與「-----END CERTIFICATE-----」兩行和資料一起貼上了。這兩行只是檔案中的標記，不屬於資料。

# of title bcd01d, cause f69abc
rule-pem-encoded-twice =
    .title = PEM 檔被多編碼了一次
    .cause = 這段文字是整個 PEM 檔（連同 BEGIN 那一行）的 Base64：檔案本來就是 Base64，又被編碼了一次，多半是指令碼造成的。

# of title 618931, cause 1060b7
rule-binary-file-pasted =
    .title = 以文字方式開啟了二進位檔
    .cause = 這是二進位檔（DER），卻以文字方式開啟；編輯器顯示的並不是檔案真正的內容。

# of title ee0acb, cause cffb2e
rule-private-key-pasted =
    .title = 貼上了私密金鑰或 .pfx
    .cause = 這段文字是 .pfx，或含有私密金鑰。閘道只需要公開的根憑證；私密金鑰絕不能離開持有人。

# of title 20809f, cause 047d21
rule-chain-pasted =
    .title = 貼上了多張憑證
    .cause = 這段文字包含多張憑證（.p7b，或有多個 BEGIN 行）。每一列只能放一張根憑證。

# of title 7aa773, cause c7add5
rule-client-certificate-pasted =
    .title = 貼上的是用戶端憑證，不是它的根憑證
    .cause = { $new_root-subject } 的憑證不是根憑證：它是由 { $new_root-issuer } 簽發的。這一列要放的是簽發者的根憑證。

# of title 98b5cd, cause 618a94
rule-no-certificate-pasted =
    .title = 貼上的是其他內容
    .cause = 這段文字不可能是憑證：它是指紋、名稱、路徑、憑證要求或單獨的金鑰，或是內容不完整。也許應該填在別的欄位。

# of title cb2ee7, cause 463fc8
rule-unreadable-data-pasted =
    .title = 這段文字不是憑證
    .cause = 這段文字無法解讀為憑證：有字元遺漏、重複或遭變更。

# of title d2cb6c, step-1 e36d6a, step-2 d8b167, step-3 fe66fd, risk 0a046b, verify-2 bd2d72, undo 516a12
fix-paste-body-only =
    .title = 只貼資料，並接成一行
    .step-1 = 在根憑證 .cer 檔所在的資料夾開啟 PowerShell，執行下列命令（root.cer 換成該檔名），剪貼簿中就會是接成一行的資料：`[Convert]::ToBase64String((Get-PfxCertificate .\root.cer).RawData) | Set-Clipboard`
    .step-2 = 也可以手動處理：用文字編輯器開啟這個檔案，複製 BEGIN 與 END 兩行之間的內容，不要包含這兩行，再刪除其中所有換行與空白。在 Notepad++ 中，選擇「搜尋」>「取代」，「搜尋模式」選「規則運算式」，「尋找內容」填 \s+，「取代為」留空，再按「全部取代」（「合併選取行」會在每個接點留下空格，不要用）。
    .step-3 = 貼到該列的「公開憑證資料」並儲存。
    .risk = 儲存成功之前不會有任何改變；之後變更閘道需要數分鐘，現有連線可能中斷。
    .verify-2 = 入口網站顯示閘道已儲存，而且狀態為 Succeeded。
    .undo = 刪除這張根憑證的那一列，再儲存一次。

# of title 3a943b, step-1 725660, step-2 2589c2, step-3 607135, risk 0a046b, verify-2 bd2d72, undo 516a12
fix-export-root-again =
    .title = 重新匯出根憑證
    .step-1 = 在有這個根憑證的電腦上開啟 certmgr.msc，開啟用戶端憑證 >「憑證路徑」，選取最上層的憑證 >「檢視憑證」>「詳細資料」>「複製到檔案」。
    .step-2 = 選「否，不要匯出私密金鑰」以及「Base-64 編碼 X.509 (.CER)」。
    .step-3 = 將 BEGIN 與 END 兩行之間的內容接成一行，不留空白，貼到「公開憑證資料」並儲存。
    .risk = 儲存成功之前不會有任何改變；之後變更閘道需要數分鐘，現有連線可能中斷。
    .verify-2 = 入口網站顯示閘道已儲存，而且狀態為 Succeeded。
    .undo = 刪除這張根憑證的那一列，再儲存一次。

# of title 8af316, step-1 502a1c, step-2 7a0ae2, step-3 cd0fc3, risk 48f1a4, verify 043c70, undo dac401
fix-renew-exposed-key =
    .title = 更換已外洩的金鑰
    .step-1 = 查明誰可能看過這段文字：剪貼簿、案件記錄、聊天、螢幕分享。只要有金鑰持有人以外的人看過，就視為外洩。
    .step-2 = 如果是用戶端的金鑰：簽發新憑證，並將舊憑證的指紋加入閘道的「已撤銷的憑證」清單。
    .step-3 = 如果是根憑證的金鑰：建立新的根憑證，將所有用戶端換過去，再從閘道刪除舊的根憑證。
    .risk = 只有根憑證的金鑰外洩時才有此風險：用戶端在拿到由新根憑證簽發的憑證之前，都無法連線。
    .verify = 外洩的憑證已無法連線。
    .undo = 無法復原：外洩的金鑰收不回來。

# of title 1abb58, text 3c02cd
symptom-portal-root-cert-name-invalid =
    .title = 入口網站拒收根憑證的名稱
    .text = 無法儲存虛擬網路閘道，某個資源名稱無效。

# of title 5848e9, cause 7a9c29
rule-root-name-blank =
    .title = 名稱含有空白
    .cause = 名稱「{ $new_root_name }」的中間或前後含有空白。Azure 只接受英文字母、數字以及「.」、「-」、「_」。

# of title 3467f6, cause ab7798
rule-root-name-sign =
    .title = 名稱含有 Azure 不接受的符號
    .cause = 名稱「{ $new_root_name }」含有 Azure 不接受的符號，例如憑證主體中的「=」，或檔名中的「(」。只能使用英文字母、數字以及「.」、「-」、「_」。

# of title 68ef19, cause cc4761
rule-root-name-edge =
    .title = 名稱以符號開頭或結尾
    .cause = 名稱「{ $new_root_name }」必須以字母或數字開頭，並以字母、數字或「_」結尾。

# of title 2aacdd, cause 5ad5ac
rule-root-name-length =
    .title = 名稱是空的，或太長
    .cause = 沒有填名稱，或名稱超過 Azure 允許的 80 個字元。

# of title cf38cd, cause 9b4907
rule-root-name-looks-right =
    .title = 名稱看不出問題
    .cause = 「{ $new_root_name }」中沒有已知會遭 Azure 拒絕的字元。可能含有 A 到 Z 以外的文字、長破折號或定位字元；也可能被拒絕的是清單中另一列的名稱。

# of title 6c151c, step-1 02adac, step-2 0bea33, step-3 a4b9f5, risk 0a046b, verify 2c2467, undo 193a3c
fix-rename-root =
    .title = 為根憑證改用其他名稱
    .step-1 = 「點對站設定」>「根憑證」：重新輸入名稱，不要貼上。可用英文字母（大小寫皆可）、數字、「.」、「-」、「_」，不含空白；最多 80 個字元；開頭是字母或數字，結尾是字母、數字或「_」。例如：contoso-root-2026。
    .step-2 = 與訊息中的名稱比對：如果是清單中的另一列，請改那一列。對 Azure 而言，改名後的根憑證就是一張資料相同的新根憑證。
    .step-3 = 所有列的資料都保持不變，然後儲存。
    .risk = 儲存成功之前不會有任何改變；之後變更閘道需要數分鐘，現有連線可能中斷。
    .verify = 閘道上已有改用新名稱的根憑證，而且閘道的狀態為 Succeeded。
    .undo = 只刪除新增的那一列，再儲存一次。因名稱遭 Azure 拒絕而改名的列，保留新名稱。

# of title b281ba
symptom-portal-package-download-503 =
    .title = 無法下載用戶端套件，伺服器忙碌中

# of title 56eab5, text 86c635, question e9201a
fact-download-link =
    .title = 套件的網址
    .text = 沒有顯示網址時視為不存在。拿到網址的人在一段時間內都能下載套件。
    .question = 要下載的是哪個網址？瀏覽器的下載清單會顯示，或由「az network vnet-gateway vpn-client generate」印出。如果沒有顯示網址，請回答不存在。

# of title ebf46f
fact-download-probe =
    .title = 從這個網路連到套件網址的回應

# of title acd8ed, question c399c9
fact-download-failing_for =
    .title = 從第一次下載失敗至今的時間
    .question = 下載失敗多久了？例如 5min 或 3h。

# of title 261d00, question 1bcf15
fact-download-works_elsewhere =
    .title = 從其他網路可以下載
    .question = 從其他網路，例如手機熱點或 Azure Cloud Shell，能否下載同一個套件？

# of title b7b217
let-download-refused =
    .title = 儲存體或前面的 Proxy 拒絕這個網址

# of title 8b32aa
let-download-unsuspicious =
    .title = 套件的網址看不出問題

# of title e76583
let-download-answers =
    .title = 儲存體在這個網路上會提供套件

# of title 6bc466
let-download-in_reach =
    .title = 套件的網址在這個網路上有回應

# of title 43d8f9
let-download-keeps_failing =
    .title = 閘道沒有進行中或失敗的變更，下載卻已失敗一小時以上

# of title ec9f6b, cause 32e358
rule-package-service-busy =
    .title = 服務忙碌
    .cause = 閘道沒有進行中的變更，下載也只失敗了 { $download-failing_for }。產生套件的服務或其儲存體只是暫時忙碌。

# of title bb086d, cause 34d1a0
rule-package-service-failing =
    .title = 服務一直沒有恢復
    .cause = 閘道的狀態是 Succeeded，但下載已失敗了 { $download-failing_for }，從其他網路也一樣。伺服器忙碌不會這麼久，再試也沒有用。

# of title c415d6, cause 5946de
rule-package-storage-blocked =
    .title = 這個網路擋下了套件
    .cause = 套件放在 Azure 儲存體，與入口網站不是同一台主機。這個網路不讓它通過：中間的防火牆、Proxy 或篩選器封鎖了那台主機，而且可能自行回傳錯誤訊息。

# of title 3ca51b, cause ddaee1
rule-download-link-expired =
    .title = 套件的網址已過期
    .cause = 儲存體有回應，但拒絕了這個網址（403）。這種網址的簽章有效期大約一小時；這個網址是更早產生的，或只複製了一部分。

# of title ab15d0, cause e90ff0
rule-package-answers-now =
    .title = 套件的網址現在有回應
    .cause = 從這個網路已經能從儲存體取得套件（狀態 200）。問題已經過去，或是瀏覽器沒有下載。

# of title 7bdd20, step-1 9f66a3, step-2 467194, verify 5207b9, undo 5f5725
fix-fetch-package-by-address =
    .title = 直接以網址下載套件
    .step-1 = 在瀏覽器的無痕視窗（不使用擴充功能）開啟這個網址。或在命令提示字元執行（ADDRESS 換成網址，前後只留一組引號）：`curl.exe -f -o vpnclient.zip "ADDRESS"`
    .step-2 = 如果網址在這段時間內已過期（403），請再選取一次「下載 VPN 用戶端」。
    .verify = zip 檔已下載，而且可以開啟。
    .undo = 不需要復原：沒有任何變更。

# of title 173b0f, step-1 2e963c, step-2 e349c1, step-3 63e805, verify 5207b9, undo 5f5725
fix-retry-download =
    .title = 隔一段時間再下載
    .step-1 = 等候 5 分鐘後再選取一次「下載 VPN 用戶端」；如果失敗，再分別於 10 分鐘和 20 分鐘後重試。不要接連選取：每一次都會重新產生套件。
    .step-2 = 等候時，在「服務健康狀態」查看 Azure 是否回報這個區域的 VPN 閘道或儲存體有問題。
    .step-3 = 如果第三次仍失敗，就不要再試。再看一次閘道的狀態，並從其他網路試試；接下來怎麼做取決於這兩項結果。
    .verify = zip 檔已下載，而且可以開啟。
    .undo = 不需要復原：沒有任何變更。

# of title 1a418b, step-1 b8f891, step-2 46ba23, step-3 9251aa, risk 3aea9f, undo 9d7ffa
fix-allow-package-storage =
    .title = 允許連到套件的儲存體
    .step-1 = 從網址中取出主機名稱，也就是「//」和下一個「/」之間的部分。這是 Azure 儲存體的主機（blob.core.windows.net）。「?」之後的部分等同金鑰，不要給任何人看。
    .step-2 = 在這個網路的防火牆、Proxy 或篩選器上，允許連到這台主機的 TCP 443。下一次可能是另一台主機；如果不能開放整個 *.blob.core.windows.net，請改從其他網路下載。
    .step-3 = 再次選取「下載 VPN 用戶端」。
    .risk = *.blob.core.windows.net 也涵蓋其他 Azure 客戶的儲存體，任何內容都可能從那裡下載。
    .undo = 移除這個例外。

# of title 6d6591, step-1 b5f283, step-2 6b5b44, verify 5207b9, undo 5f5725
fix-download-elsewhere =
    .title = 從其他網路下載套件
    .step-1 = 在 Azure Cloud Shell (Bash) 執行：`curl -f -o vpnclient.zip "$(az network vnet-gateway vpn-client generate --ids { $gateway_id } -o tsv)"` 再從 Cloud Shell 工具列選取「管理檔案」>「下載」，輸入 vpnclient.zip。
    .step-2 = 或是在其他網路開啟入口網站下載，再把 zip 帶過來。
    .verify = zip 檔已下載，而且可以開啟。
    .undo = 不需要復原：沒有任何變更。

# of title 1f7179, step-1 531a2c, step-2 a972d2, verify 81cb8a, undo 6bc2b6
fix-open-support-request =
    .title = 建立支援要求
    .step-1 = 在閘道的「活動記錄」中開啟失敗的作業，記下時間和相互關聯識別碼。
    .step-2 = 虛擬網路閘道 >「說明」>「支援 + 疑難排解」：建立要求，寫明上述資料、區域、失敗的操作，以及已經試過的做法。
    .verify = 要求已有編號。
    .undo = 關閉這個要求。

# of title 052c90, text 92be25, question ce944f
symptom-gateway-cert-rollover-all-clients-fail =
    .title = 所有點對站用戶端從同一天起都無法連線
    .text = 閘道的憑證或閘道端的其他設定變更了。
    .question = 是否所有點對站用戶端都從同一天起無法連線？

# of title abc60b, cause 73399d
rule-gateway-root-changed =
    .title = 閘道憑證的根憑證與套件中的不同
    .cause = 閘道憑證目前的根憑證是 { $server-certificate-root_thumbprint }。{ $package-generated_at } 產生的套件只信任 { $package-roots }；所有以這個套件設定的用戶端都是如此，不論採用哪一種驗證。

# of title 777978, cause 7f2c17
rule-gateway-changed-after-package =
    .title = 產生套件之後，閘道又變更過，但它的根憑證是套件已有的
    .cause = 用戶端的套件是 { $package-generated_at } 產生的，之後閘道又變更過（活動記錄只能回溯 90 天，其中最後一次變更：{ $gateway-last_write-time }）。驗證方式、通道類型或伺服器名稱一旦變更，舊的套件就不再適用。

# of title 157761, step-1 4c473b, step-2 5dc2ef, step-3 ef8d2b, risk 2c98d8, undo a042da
fix-roll-out-new-package =
    .title = 讓所有用戶端改用新的套件
    .step-1 = 等閘道的狀態為 Succeeded，再到虛擬網路閘道 >「點對站設定」>「下載 VPN 用戶端」。
    .step-2 = 在一台連線會失敗的用戶端上，先在「設定」>「網路和網際網路」>「VPN」刪除舊連線，再安裝新的套件並連線。如果沒有出現連線，表示 %APPDATA%\Microsoft\Network\Connections\Cm 之下還留有舊連線的資料夾（以 GUID 命名）；從其中的檔案可以看出連線的名稱。將這一個資料夾複製到別處後刪除，再安裝一次。不可刪除 Cm 或 Connections。這一台用戶端連得上，而未更動的用戶端仍然失敗，才繼續。
    .step-3 = 派送到所有用戶端；如果有 Intune 或其他軟體派送系統，就用它派送。順序相同：先刪除舊連線（若留有資料夾，也一併刪除），再安裝新的套件。不需要新的用戶端憑證：用戶端憑證和閘道上的根憑證都維持原狀。
    .risk = 每個用戶端在取得新的套件之前都無法連線；閘道本身沒有任何變更。
    .undo = 不需要復原：舊的套件本來就連不上。

# of title 231a7e, step-1 4be8f3, step-2 407b7a, step-3 048e6b, step-4 a15e58, step-5 26da8b, risk e8372c, verify-2 ec66d8, undo 264c78
fix-install-new-package =
    .title = 安裝新的用戶端套件
    .step-1 = 等閘道的狀態為 Succeeded，再到虛擬網路閘道 >「點對站設定」>「下載 VPN 用戶端」。不要使用以前下載的套件。
    .step-2 = 在「設定」>「網路和網際網路」>「VPN」刪除舊的連線。
    .step-3 = 如果刪除之後，%APPDATA%\Microsoft\Network\Connections\Cm 之下仍有這個連線的資料夾（以 GUID 命名），安裝程式會以為連線已經安裝而不再建立。將這一個資料夾複製到別處備份，然後刪除；從其中的檔案可以看出連線的名稱。不可刪除 Cm 或 Connections，其中有這位使用者的所有其他連線。
    .step-4 = 解壓縮 zip，以要連線的使用者身分啟動 WindowsAmd64\VpnClientSetupAmd64.exe（32 位元 Windows 用 WindowsX86）。若使用 Azure VPN Client，則改為匯入 AzureVPN\azurevpnconfig.xml。
    .step-5 = 重新連線。
    .risk = 新的連線建立之前，這位使用者無法使用 VPN。曾在舊連線上手動調整的設定會遺失。
    .verify-2 = 新套件所建立的連線可以連上。
    .undo = 移除新的連線，再次安裝舊的套件；資料夾的備份中有原本的檔案。

# of title b279eb, text 5f36da, question e740da
symptom-too-many-clients-connected =
    .title = 連線的用戶端太多
    .text = 新的連線失敗，而已連線的用戶端不受影響。
    .question = 是否新的連線失敗，而已連線的用戶端仍維持連線？

# of title ff085d
let-sessions-number =
    .title = 已連線的用戶端數目

# of title 8b9308
let-sessions-ikev2 =
    .title = 以 IKEv2 連線的用戶端數目

# of title 7d4b09, text 6a744e
let-sessions-over_tls =
    .title = 以 SSTP 或 OpenVPN 連線的用戶端數目
    .text = 閘道只提供兩者之一，不會同時提供。

# of title c2c909
let-sessions-old =
    .title = 連線超過一天的用戶端

# of title 20af1a, text 03316d
let-sessions-sstp_full =
    .title = SSTP 用戶端已達上限
    .text = 不論哪一種 SKU 都是 128 個。

# of title a17873
let-sessions-ike_full =
    .title = IKEv2 與 OpenVPN 用戶端已達 SKU 的上限

# of title 32c803, text 91dc2c
let-pool-split =
    .title = 閘道同時提供 SSTP 和 IKEv2
    .text = 這時集區會固定分給兩者。

# of title 09374e, text 84a134
let-pool-sstp_share =
    .title = 集區分成兩部分時，SSTP 的位址數目
    .text = 一半的位址，但最多 128 個。

# of title 5fd35c, text fa034a
let-pool-ikev2_share =
    .title = 集區分成兩部分時，IKEv2 的位址數目
    .text = 分給 SSTP 之後剩下的全部位址。

# of title c5cfd4
let-pool-used_up =
    .title = 集區幾乎沒有位址了

# of title 8a0215
let-pool-sstp_used_up =
    .title = SSTP 的部分幾乎沒有位址了

# of title 8c7229
let-pool-ikev2_used_up =
    .title = IKEv2 的部分幾乎沒有位址了

# of title a86347
let-pool-share_used_up =
    .title = 分成兩部分的集區中，有一部分幾乎沒有位址了

# of title 5c7374
let-pool-full_shares =
    .title = 集區中位址幾乎用完的通道類型

# of title f7d812, cause 3c6736
rule-sstp-clients-at-limit =
    .title = SSTP 已滿
    .cause = 目前有 { $sessions-over_tls } 個 SSTP 用戶端連線。不論 SKU 為何（{ $gateway-sku }），一個閘道只能容納 128 個：換成較大的 SKU 也沒有用。

# of title 251b5f, cause adc911
rule-ike-clients-at-limit =
    .title = IKEv2 與 OpenVPN 已滿
    .cause = SKU { $gateway-sku } 合計可容納 { $gateway-ike_limit } 個 IKEv2 與 OpenVPN 用戶端。目前以 IKEv2 連線的有 { $sessions-ikev2 } 個，以 SSTP 或 OpenVPN 連線的有 { $sessions-over_tls } 個。

# of title 5ae70c, cause c508e4
rule-address-pool-used-up =
    .title = 整個位址集區已用完
    .cause = 位址集區 { $gateway-p2s-pool } 有 { $pool-size } 個位址，其中幾個由 Azure 保留；目前有 { $sessions-number } 個用戶端連線，新的用戶端已沒有位址可用。

# of title 7307da, cause 26e869
rule-address-pool-share-used-up =
    .title = 位址集區中分給某一種通道類型的部分已用完
    .cause = 閘道同時提供 IKEv2 和 SSTP，因此集區 { $gateway-p2s-pool }（{ $pool-size } 個位址）固定分成兩部分：{ $pool-sstp_share } 個位址給 SSTP，{ $pool-ikev2_share } 個給 IKEv2。每一部分 Azure 都會保留幾個位址自用。目前有 { $sessions-over_tls } 個 SSTP 和 { $sessions-ikev2 } 個 IKEv2 用戶端，因此這一部分已用完：{ $pool-full_shares }。另一部分即使還有空位也沒有用。

# of title d4684f, cause 82b062
rule-old-sessions-hold-places =
    .title = 持續多日的工作階段佔用名額
    .cause = 佔用名額的工作階段中，有些已超過一天：{ $sessions-old_in_the_way-user }。這些往往是目前沒有人在用的電腦，或是沒有中斷就又重新連線的電腦。

# of title 0842ff, cause 74401a
rule-places-are-left =
    .title = 還有空位
    .cause = 目前有 { $sessions-number } 個用戶端連線，閘道的 SKU 是 { $gateway-sku }，集區有 { $pool-size } 個位址：還有空位，新的用戶端連不上是別的原因。請改以其中一個用戶端顯示的錯誤碼重新查起。

# of title 522ef8, step-1 a70f12, step-2 79d03d, step-3 abc19c, step-4 1ae791, risk c3ac90, undo 0c2020
fix-move-clients-to-ikev2 =
    .title = 將用戶端移到 IKEv2
    .step-1 = 「點對站設定」>「通道類型」：選取「IKEv2 和 SSTP (SSL)」並儲存。已用 SSTP 連線的用戶端不受影響。
    .step-2 = 確認位址集區足夠：這時集區會分成兩部分，SSTP 最多保有一半。如果集區是 /24 或更小，請先擴大。
    .step-3 = 下載新的套件，分批安裝到用戶端。之後 Windows 會先嘗試 IKEv2，失敗才改用 SSTP，因此這些用戶端的網路必須允許 UDP 500 和 4500 對外連線。
    .step-4 = 請規劃如何完成整個移轉：2027 年 3 月 31 日之後 Azure 不再接受 SSTP 連線，而自 2026 年 3 月 31 日起，已不能在閘道上加入 SSTP。
    .risk = 只有在加入 IKEv2 時才有：已連線的用戶端不受影響，但寫有集區的路由和防火牆規則，可能要改寫成兩個部分。
    .undo = 在這些用戶端安裝原來的套件。閘道上的 IKEv2 可以保留，不會影響任何人。

# of title 4736fb, step-1 bb45f6, step-2 e55d49, step-3 2e9b61, risk 25b93c, undo d19788
fix-offer-ikev2-alone =
    .title = 只提供 IKEv2
    .step-1 = 查明還有誰需要 SSTP（目前 { $sessions-over_tls } 個用戶端）；多半是因為所在的網路不允許 UDP 500 和 4500 對外連線。先讓這些人改用 IKEv2：繼續用 SSTP 的人將無法使用 VPN。
    .step-2 = 「點對站設定」>「通道類型」：選取「IKEv2」並儲存，等到閘道的狀態為 Succeeded。集區不再分成兩部分，全部歸 IKEv2 使用。
    .step-3 = 重新下載用戶端套件並安裝到用戶端，以免再有用戶端嘗試 SSTP。
    .risk = 只能用 SSTP 連線的用戶端會斷線。而且沒有退路：SSTP 已不能再啟用。
    .undo = 無法復原：自 2026 年 3 月 31 日起，Azure 已不再開放在閘道上啟用 SSTP。

# of title 09f657, step-1 7cdda6, step-2 c97f13, step-3 9119c0, risk 724a7d, undo d19788
fix-move-clients-to-openvpn =
    .title = 以 OpenVPN 取代 SSTP
    .step-1 = 先準備所有用戶端：已安裝 Azure VPN Client，並有人能匯入設定檔。變更之後，就沒有人能用 SSTP 連線。
    .step-2 = 「點對站設定」>「通道類型」：選取「OpenVPN (SSL)」或「IKEv2 和 OpenVPN (SSL)」並儲存。SSTP 和 OpenVPN 不能同時提供。Basic SKU 沒有這個選項。
    .step-3 = 等到閘道的狀態為 Succeeded。下載新的套件，並在每一個用戶端匯入其中的 AzureVPN\azurevpnconfig.xml。
    .risk = 所有 SSTP 用戶端在取得新的設定檔之前都無法連線。而且沒有退路：SSTP 已不能再啟用。
    .undo = 無法復原：自 2026 年 3 月 31 日起，Azure 已不再開放在閘道上啟用 SSTP。

# of title a01b5d, step-1 b26aa4, step-2 27be3a, step-3 f94738, step-4 075bf5, risk 29fc1c, undo 8aa9da
fix-resize-gateway =
    .title = 改用較大的 SKU
    .step-1 = Basic SKU 不能調整大小，必須建立新的閘道。請著手規劃，在那之前先中斷一些工作階段。
    .step-2 = 虛擬網路閘道 >「組態」>「SKU」：選取同一世代中較大的 SKU。VpnGw2AZ 可容納 500 個用戶端，VpnGw3AZ 為 1000 個，VpnGw4AZ 為 5000 個，VpnGw5AZ 為 10000 個。
    .step-3 = 確認位址集區的位址比新的用戶端數目多。
    .step-4 = 等到閘道的狀態為 Succeeded。公用 IP 位址和用戶端的套件都維持不變。
    .risk = 變更 SKU 最久可能要 45 分鐘，其間點對站和站對站連線都會中斷。較大的 SKU 費用也較高。
    .undo = 在同一世代中改回原來的 SKU。

# of title 90bdd7, step-1 ea1cf2, step-2 21e65f, step-3 672d23, step-4 4aae13, step-5 184f29, step-6 508240, risk 71d48d, undo 01cfcd
fix-enlarge-pool =
    .title = 擴大位址集區
    .step-1 = 選擇較大的集區：位址數目應為同時連線用戶端最多時的兩倍。集區不可與虛擬網路、內部部署網路重疊，也不可與一般家用網路常用的範圍重疊。
    .step-2 = 兩個作用中的執行個體各自只配發集區的一半：請確認一半的位址足以供可能連到該執行個體的用戶端使用。
    .step-3 = SSTP 分到集區的一半，最多 128 個位址，其餘給 IKEv2：請確認每一部分都足以供其用戶端使用。
    .step-4 = 先通知使用者變更的時間，再到閘道的「點對站設定」頁面修改集區並儲存，等到閘道的狀態為 Succeeded。
    .step-5 = 修改寫有舊集區的防火牆規則與路由。
    .step-6 = 重新下載用戶端套件，並安裝到用戶端。
    .risk = 所有點對站連線都會中斷，用戶端也需要新的套件。
    .undo = 改回舊的集區 { $gateway-p2s-pool }，並安裝舊的套件。

# of title 6873f4, step-1 640e78, step-2 88e3f3, step-3 0ca7db, risk dad3f6, verify 5e3a5c, undo dd8497
fix-disconnect-sessions =
    .title = 中斷工作階段
    .step-1 = 虛擬網路閘道 >「監視」>「點對站工作階段」。先與連線要被中斷的使用者講好；清單可能是五分鐘前的狀態。若已滿的是某一種通道類型，或集區中屬於它的那一部分，只有中斷該類型的工作階段才能騰出位置：其 VpnConnectionId 以類型名稱開頭（IKEv2_、SSTP_）。
    .step-2 = 在工作階段選取「...」>「中斷連線」。如果入口網站沒有這個選項，請在 Azure PowerShell 執行：`Get-AzVirtualNetworkGatewayVpnClientConnectionHealth -ResourceId "{ $gateway_id }"` 再執行（ID 換成該工作階段的 VpnConnectionId）：`Disconnect-AzVirtualNetworkGatewayVpnConnection -ResourceId "{ $gateway_id }" -VpnConnectionId ID`
    .step-3 = 這只能撐到下一次尖峰。請另外選擇一種能長久解決問題的修復方法。
    .risk = 連線被中斷的使用者會失去正在透過 VPN 進行的工作，也可能立刻又連線進來。
    .verify = 新的用戶端可以連線。
    .undo = 不需要復原：使用者重新連線即可。

# of title 491b8a, step-1 8ab159, step-2 327a78, step-3 69ab7a, step-4 571985, risk 74d98b, undo cded4d
fix-disconnect-old-sessions =
    .title = 中斷持續多日的工作階段
    .step-1 = 虛擬網路閘道 >「監視」>「點對站工作階段」：檢視超過一天的工作階段（{ $sessions-old_in_the_way-user }）。同一位使用者可能出現兩次；如果許多人共用一張憑證，顯示的名稱都相同。
    .step-2 = 這些工作階段的識別碼是 { $sessions-old_in_the_way-id }，順序與使用者名稱不對應。在 Azure PowerShell 執行下列命令，會一併列出每個工作階段的使用者與識別碼：`Get-AzVirtualNetworkGatewayVpnClientConnectionHealth -ResourceId "{ $gateway_id }"`
    .step-3 = 詢問那台電腦是否正在使用。如果沒有，選取「...」>「中斷連線」，或在 Azure PowerShell 執行（ID 換成該工作階段的識別碼）：`Disconnect-AzVirtualNetworkGatewayVpnConnection -ResourceId "{ $gateway_id }" -VpnConnectionId ID`
    .step-4 = 讓會自動連線的電腦在沒有人工作時中斷連線。
    .risk = 透過這種工作階段整夜執行的作業會中止。
    .undo = 不需要復原：電腦重新連線即可。

# of title 731363, text f6a922, question fbec7a
symptom-file-shares-inaccessible =
    .title = 無法透過 VPN 開啟網路共用
    .text = VPN 本身已連線。
    .question = 是否 VPN 已連線，但無法開啟後方的網路共用？

# of title 00d261, text 9fb3d4
fact-ntlm-exceptions =
    .title = 雖然禁止使用 NTLM，Windows 仍可對其使用 NTLM 的伺服器
    .text = 伺服器名稱，可含星號。

# of title 1d6fee, text bc3374
let-share-routes =
    .title = VPN 中通往網路共用所在伺服器的路由
    .text = 不計預設路由。

# of title e8021c
let-share-local_addresses =
    .title = 共用所在伺服器位於區域網路中的位址

# of title 6b58f0, text 98da6d
let-share-credentials_apart =
    .title = 連線的認證只供連線本身使用
    .text = Windows 不會把它們用於其他伺服器。

# of title 0c2a6f, text f1425f
let-share-ntlm_forbidden =
    .title = Windows 不可對網路共用所在的伺服器使用 NTLM
    .text = 含星號的例外一律視為適用於該伺服器。

# of title b06f10, cause a0500d
rule-vpn-credentials-for-shares =
    .title = Windows 用 VPN 的認證開啟網路共用
    .cause = { $profile } 連線期間，Windows 對網域中的每一台伺服器出示的是 VPN 的認證，而不是使用者自己的認證。VPN 的認證是憑證（EAP 方法 13，即 EAP-TLS），只能搭配 Kerberos 使用，而目前沒有 { $share_server } 的票證（網域控制站的 TCP 88：{ $kdc-port }）。

# of title fb0b5f, cause aa266b
rule-smb-port-blocked =
    .title = TCP 連接埠 445 不通
    .cause = { $share_server }（{ $share-addresses }）要經由 VPN 連線，但其 TCP 445 的狀態為 { $share-port }。網路共用需要的就是這個連接埠。

# of title 04bcb9, cause 2cab44
rule-share-not-routed =
    .title = VPN 沒有通往網路共用所在伺服器的路由
    .cause = { $profile } 沒有通往 { $share_server }（{ $share-addresses }）的路由，Windows 因此不會經由 VPN 尋找它，而其 TCP 445 的狀態為 { $share-port }。

# of title 1441d7, cause c4e1bb
rule-share-name-unresolved =
    .title = 網路共用所在伺服器的名稱無法解析
    .cause = 在這台用戶端上，{ $share_server } 解析不到任何位址。直接用位址或許能開啟網路共用，但無法使用 Kerberos。

# of title 0d70ba, cause bbe046
rule-ntlm-forbidden =
    .title = 禁止使用 NTLM，Kerberos 又無法使用
    .cause = 有原則禁止對其他伺服器使用 NTLM（RestrictSendingNTLMTraffic = { $lsa-restrict_sending_ntlm }），而 Kerberos 所需的網域控制站沒有回應（TCP 88：{ $kdc-port }）。用戶端已經沒有任何方法證明使用者的身分。

# of title ae26f8, cause 239b0e
rule-share-refuses-user =
    .title = 網路共用不讓這位使用者進入
    .cause = 網路共用所在的伺服器認得這位使用者：已有 { $share_server } 的 Kerberos 票證。換另一個帳戶就能開啟，可見是這個帳戶沒有權限，與 VPN 無關。

# of title adb257, cause a53051
rule-credentials-never-saved =
    .title = Windows 完全不儲存認證
    .cause = 這台電腦的 DisableDomainCreds 為 1，網路上常有文章建議這樣處理這個問題。Windows 因此不會為任何伺服器儲存認證：手動輸入認證可以開啟網路共用，但下次登入就失效；依賴已儲存認證的網路磁碟機與排程工作都會失敗。

# of title ce7f8f, step-1 d51748, step-2 d1d9ef, step-3 2d5357, risk 786217, verify-2 895016, undo 620b7c
fix-keep-vpn-credentials-apart =
    .title = 不讓 VPN 的認證用在其他地方
    .step-1 = { $ras-entry-file } 是存放 { $profile } 設定的檔案：先中斷連線，再把它複製到別處備份。
    .step-2 = 用記事本開啟這個檔案，在 [{ $profile }] 區段中把 UseRasCredentials=1 這一行改成 UseRasCredentials=0，然後儲存。不要更動其他區段。
    .step-3 = 連線並開啟網路共用，此時 Windows 會使用使用者自己的認證。安裝新的套件會重寫這一行，每次安裝後都要再改一次。
    .risk = 只影響這個連線。原本靠 VPN 的認證登入伺服器的使用者，會被要求輸入其他認證。
    .verify-2 = VPN 連線期間可以開啟網路共用。
    .undo = 中斷連線，再把備份複製回去。

# of title 91d18a, step-1 a985f2, step-2 97f5e7, step-3 5f4eaf, step-4 392982, step-5 0f0bb6, risk e2c3e9, risk-2 5db38f, undo 293f14
fix-reach-domain-controller =
    .title = 讓用戶端連得到網域控制站
    .step-1 = 在虛擬網路的虛擬機器上，於 PowerShell 執行：`Test-NetConnection { $domain } -Port 88` TcpTestSucceeded 必須是 True。如果那裡也失敗，先修復從 Azure 到內部部署的通路。
    .step-2 = 用戶端要能解析網域。在 PowerShell 執行下列命令，應該會列出網域控制站：`Resolve-DnsName _ldap._tcp.dc._msdcs.{ $domain } -Type SRV` 如果不行，表示虛擬網路的 DNS 伺服器不認得這個網域。
    .step-3 = 用戶端要有通往網域控制站的路由（Get-NetRoute）；內部部署的網路要以閘道的自訂路由提供給用戶端。之後用戶端需要安裝新的套件。
    .step-4 = 安全性群組與防火牆要讓用戶端（來自「點對站設定」中的位址集區）連到網域控制站：TCP 與 UDP 53、88、389、464，TCP 135、445，以及 49152 到 65535。內部部署端的回應也要有路由回到這個集區。
    .step-5 = 在用戶端執行：`klist purge` 然後：`klist get cifs/{ $share_server }` 應該會取得票證。
    .risk = VPN 的用戶端可以連到網域控制站。
    .risk-2 = 如果設定自訂路由，變更閘道需要數分鐘，現有連線可能中斷。
    .undo = 刪除新增的規則與自訂路由。

# of title 89ca9e, step-1 81b708, step-2 5a099c, step-3 61e66d, step-4 f91974, risk 12d566, undo c85b07
fix-forbid-saved-credentials =
    .title = 禁止 Windows 儲存認證
    .step-1 = 只有在連線本身的設定（UseRasCredentials=0）無效時才繼續，並先把該設定改回來：這項設定會影響整台電腦與其所有使用者。
    .step-2 = 以這台電腦的每個使用者身分，記下儲存了哪些認證：`cmdkey /list` 其中的網域認證都會失效，包括使用已儲存密碼的網路磁碟機與排程工作。
    .step-3 = 以系統管理員身分執行：`reg add HKLM\SYSTEM\CurrentControlSet\Control\Lsa /v DisableDomainCreds /t REG_DWORD /d 1 /f`
    .step-4 = 重新啟動電腦，連線並開啟網路共用。
    .risk = 任何使用者的程式都不能再使用已儲存的網域認證：網路磁碟機、排程工作、資料庫工具會要求輸入認證或失敗。
    .undo = 以系統管理員身分執行：`reg add HKLM\SYSTEM\CurrentControlSet\Control\Lsa /v DisableDomainCreds /t REG_DWORD /d 0 /f` 然後重新啟動，再重新儲存認證。

# of title d0bed3, step-1 6d5199, step-2 b7a31e, step-3 878038, step-4 b443f5, risk e6e2bf, undo 49557c
fix-open-smb-port =
    .title = 開放 TCP 445
    .step-1 = 伺服器拒絕了這個連接埠：請確認其 LanmanServer 服務正在執行，而且確實有網路共用（Get-SmbShare）。
    .step-2 = 在伺服器所套用的網路安全性群組中，加入輸入規則：允許用戶端的位址集區（見「點對站設定」）以 TCP 445 連到 { $share-addresses }。
    .step-3 = 在伺服器上，以系統管理員身分在 PowerShell 執行（POOL 換成這個集區）：`New-NetFirewallRule -DisplayName 'VPN clients SMB' -Direction Inbound -Protocol TCP -LocalPort 445 -RemoteAddress POOL -Action Allow` Windows 內建的檔案共用規則往往只適用於本機子網路。
    .step-4 = 如果伺服器在內部部署端，那裡的防火牆也要允許這個集區。然後在用戶端執行：`Test-NetConnection { $share_server } -Port 445`
    .risk = VPN 的所有用戶端都能連到這台伺服器的網路共用。只允許這個集區，絕不可開放給網際網路。
    .undo = 刪除新增的規則。

# of title 477471, step-1 fa6dc5, step-2 4531b5, step-3 2453bb, undo 92bb16
fix-lead-share-through-vpn =
    .title = 讓通往伺服器的流量經由 VPN
    .step-1 = { $share-addresses } 是 VPN 用戶端應該使用的 { $share_server } 位址嗎？如果應得到私人位址卻得到公開位址，就是名稱解析的問題：請改查內部網域或私人 DNS 區域的症狀。
    .step-2 = 如果位址正確，就是用戶端缺少路由。請以這個位址和連接埠 445 改查「VPN 已連線，但 Azure 中的資源都沒有回應」這個症狀（--symptom connected-but-no-azure-resources --param target=ADDRESS --param target_port=445）：可能是套件太舊、對等互連沒有閘道傳輸，或該網路在內部部署。
    .step-3 = 在 PowerShell 執行（ADDRESS 換成該位址）：`Find-NetRoute -RemoteIPAddress ADDRESS` 當 InterfaceAlias 顯示 { $profile } 時，再開啟網路共用。
    .undo = 不需要復原：這裡沒有任何變更。

# of title 769a12, step-1 280c67, step-2 8c9450, step-3 1569d2, undo 613fd5
fix-resolve-share-name =
    .title = 讓伺服器的名稱可以解析
    .step-1 = 使用完整名稱：\\{ $share_server }.{ $domain }。網路磁碟機與捷徑也要一併修改。
    .step-2 = 如果完整名稱也無法解析，就是整個網域的名稱都無法解析：請改查「透過 VPN 無法解析內部網域的名稱」這個症狀，名稱填 { $share_server }。
    .step-3 = 不要就此改用位址：Windows 是以名稱要求 Kerberos 票證的。
    .undo = 不需要復原：短名稱本來就無法解析。

# of title 81644e, step-1 74697a, step-2 350265, step-3 62655d, risk d88d95, undo 1b9038
fix-except-server-from-ntlm-ban =
    .title = 將這台伺服器列為禁止 NTLM 的例外
    .step-1 = 詢問是誰禁止使用 NTLM。只有在對方同意時才繼續，而且只用到能連到網域控制站為止。
    .step-2 = 群組原則 >「電腦設定」>「Windows 設定」>「安全性設定」>「本機原則」>「安全性選項」>「網路安全性: 限制 NTLM: 新增 NTLM 驗證的遠端伺服器例外」：加入 { $share_server }。
    .step-3 = 在用戶端執行：`gpupdate /force` 再開啟網路共用。
    .risk = 對這台伺服器的 NTLM 驗證可能遭到中繼攻擊，其回應也可能遭到離線破解。
    .undo = 從清單移除這台伺服器。

# of title 7a1154, step-1 98d39b, step-2 d6c259, risk fe5fe6, verify 656302, undo ebae18
fix-grant-share-access =
    .title = 給予使用者網路共用的權限
    .step-1 = 在伺服器上，以系統管理員身分在 PowerShell 執行（SHARE 換成共用名稱）：`Get-SmbShareAccess -Name SHARE` 這會顯示誰可以開啟網路共用；資料夾的「安全性」索引標籤則顯示誰可以讀取。以兩者中較嚴格的為準。
    .step-2 = 把使用者加入有權限的群組。使用者要在 VPN 連線期間或在公司內重新登入後，新的成員資格才會生效；只執行 klist purge 並不夠。
    .risk = 使用者可以讀取、甚至修改其中的內容，應由擁有者決定。
    .verify = 以使用者自己的帳戶可以開啟網路共用。
    .undo = 把使用者移出該群組。

# of title e595fd, step-1 af8c63, step-2 ff92b1, step-3 9ab546, step-4 36cae0, risk-2 2fb6d1, undo 9a1f55
fix-allow-saved-credentials =
    .title = 讓 Windows 恢復儲存認證
    .step-1 = 查明是誰設定了這個值。如果是原則（「網路存取: 不允許存放網路驗證的密碼與認證」），應由該原則的負責人決定。
    .step-2 = { $ras-entry-file } 可以只針對這個連線設定：如果當初是為了 VPN 才設定這個值，請改在該檔的 [{ $profile }] 區段中寫成 UseRasCredentials=0。這一步要先做。
    .step-3 = 以系統管理員身分執行：`reg add HKLM\SYSTEM\CurrentControlSet\Control\Lsa /v DisableDomainCreds /t REG_DWORD /d 0 /f` 然後重新啟動。
    .step-4 = 儲存網路共用的認證：`cmdkey /add:{ $share_server } /user:USER /pass`（USER 換成使用者名稱）
    .risk-2 = 網域的密碼會再度存放在這台電腦上。
    .undo = 以系統管理員身分執行：`reg add HKLM\SYSTEM\CurrentControlSet\Control\Lsa /v DisableDomainCreds /t REG_DWORD /d 1 /f` 然後重新啟動。

# of title 3c6e7c, question b5a21c
symptom-connection-missing-after-reinstall =
    .title = 重新安裝用戶端後，Windows 中找不到 VPN 連線
    .question = 是否重新安裝過 VPN 用戶端，而「設定」>「網路和網際網路」>「VPN」中沒有它的連線？

# of title 04fc9f
let-entries-shown =
    .title = Windows 會顯示的電話簿中，名稱相同的連線

# of title cce4d7
let-entries-hidden =
    .title = 隱藏的電話簿中，名稱相同的連線

# of title 3072e9, cause 3071cb
rule-stale-profile-folder =
    .title = 殘留先前安裝的資料夾
    .cause = 先前的安裝留下了資料夾，但所有電話簿中都沒有 { $profile }。安裝程式因此以為連線已經安裝，不再建立。留下的資料夾：{ $cm-folder }

# of title 0466e2, cause bfc39d
rule-entry-hidden-only =
    .title = 連線只存在於隱藏的電話簿
    .cause = { $profile } 只存在於隱藏的電話簿 { $entries-hidden-file }，Windows 的清單不會顯示它。

# of title 7a3e3a, cause 177e53
rule-installed-for-another-user =
    .title = 安裝到了另一位使用者名下
    .cause = 安裝程式是以另一個帳戶執行的。連線 { $profile } 在那個帳戶的電話簿中；要連線的使用者既沒有這個連線，也沒有設定檔資料夾。

# of title 3d3d71, question 831f38
fact-installer-other_account =
    .title = 安裝程式以其他帳戶（不是該使用者）執行
    .question = 啟動 VpnClientSetup 時，登入的是別人嗎？或者 Windows 曾要求輸入另一個帳戶的名稱和密碼？

# of title 00fcdc, step-1 90a27a, step-2 efacda, step-3 c5dddf, step-4 f68ba6, risk 6ca7d2, undo 60c92b
fix-install-as-dialling-user =
    .title = 以要連線的使用者安裝
    .step-1 = 以要連線的使用者登入 Windows。
    .step-2 = 按兩下用戶端套件中的 VpnClientSetup 啟動安裝，不要用「以系統管理員身分執行」。
    .step-3 = 如果 Windows 要求輸入另一個帳戶的密碼，請在安裝期間暫時將這位使用者設為這台電腦的系統管理員，並先重新登入。
    .step-4 = 從 VPN 清單連線到 { $profile }。
    .risk = 使用者是系統管理員的期間，其所有程式都可能取得系統管理員權限。
    .undo = 取消使用者的系統管理員身分；在「設定」>「網路和網際網路」>「VPN」移除這個連線。

# of title c4c769, text f6a922, question c62d98
symptom-local-domain-fqdn-not-resolved =
    .title = 透過 VPN 無法解析內部網域的名稱
    .text = VPN 本身已連線。
    .question = 是否 VPN 已連線，但無法解析自己網域的名稱？

# of title 14c53e, text fe55ff
fact-dns-search_list =
    .title = Windows 會附加到短名稱後面的尾碼
    .text = 以逗號分隔；若原則與使用者都沒有設定，則不存在。

# of title 56ff57, text bf11b9
fact-dns-machine_suffix =
    .title = 這台電腦的 DNS 尾碼
    .text = 未加入網域的電腦為空白。

# of title 2a61a4
let-dns-name_rules =
    .title = 名稱解析原則表中涵蓋這個名稱的規則

# of title 61f3a8, text 3897c9
let-dns-vnet_answer_missed =
    .title = 虛擬網路的 DNS 伺服器有答案，用戶端卻沒有得到
    .text = 用戶端得不到答案，或得到的是別的伺服器的答案。

# of title 9ba19b, text 67c51e
let-dns-lan_servers_in_tunnel =
    .title = 流量被 VPN 路由導入通道的區域網路 DNS 伺服器
    .text = 就在區域網路中的伺服器會直接連線，不受影響。

# of title 41b0b9
let-dns-routed_servers =
    .title = 虛擬網路的 DNS 伺服器中，VPN 有路由可到的

# of title 96a34a
let-dns-local_servers =
    .title = 位於區域網路中的虛擬網路 DNS 伺服器

# of title 26817d, cause 4977d8
rule-vnet-dns-lacks-name =
    .title = 虛擬網路的 DNS 伺服器不認得這個名稱
    .cause = 用戶端詢問的是虛擬網路的 DNS 伺服器（{ $vnet-dns_servers }），而這些伺服器對 { $target_name } 沒有答案：它們既沒有這個名稱的記錄，也沒有把查詢轉寄給有記錄而且會回應的伺服器。

# of title 4beee9, cause a6e6b2
rule-no-dns-server-for-clients =
    .title = 虛擬網路沒有用戶端可以詢問的 DNS 伺服器
    .cause = 虛擬網路使用 Azure 的 DNS（168.63.129.16）。這個位址只在 Azure 內部有回應，所以 VPN 沒有給用戶端任何 DNS 伺服器，用戶端問的是所在網路的 DNS 伺服器。

# of title 6680b5, cause 7e4ad8
rule-lan-dns-asked-first =
    .title = Windows 先詢問區域網路，而不是虛擬網路的 DNS 伺服器
    .cause = 虛擬網路的 DNS 伺服器認得 { $target_name }（{ $dns-by_vnet }），但區域網路的計量較低（{ $net-local_adapters-metric }；VPN 為 { $vpn-adapters-metric }）：Windows 會詢問區域網路的 DNS 伺服器 { $net-local_adapters-dns_servers }，並採用它的回答。

# of title b50627, cause aada42
rule-azure-vpn-client-without-suffix =
    .title = Azure VPN Client 略過了虛擬網路的 DNS 伺服器
    .cause = 虛擬網路的 DNS 伺服器認得 { $target_name }（{ $dns-by_vnet }），但 Azure VPN Client 沒有為它設定名稱解析規則。這個用戶端靠這類規則運作；沒有規則時，名稱會送到區域網路的 DNS 伺服器。

# of title 53d0a9, cause 62626b
rule-short-name-without-suffix =
    .title = 短名稱沒有尾碼
    .cause = { $target_name } 是短名稱，沒有任何設定會把它補成完整名稱：VPN 連線和這台電腦都沒有 DNS 尾碼。

# of title e3fd9d, cause 28c48f
rule-former-dns-servers-in-use =
    .title = 連線仍在使用先前的 DNS 伺服器
    .cause = VPN 連線詢問的是 { $vpn-adapters-dns_servers }，虛擬網路設定的卻是 { $vnet-dns_servers }：在這個連線或其套件建立之後，虛擬網路的 DNS 伺服器已經更改。

# of title 2b21f7, cause fa61b8
rule-dns-servers-not-routed =
    .title = VPN 沒有通往 DNS 伺服器的路由
    .cause = 用戶端應該詢問 { $vnet-dns_servers }，但 { $profile } 沒有通往那裡的路由：這些伺服器位於對等網路或內部部署，用戶端到不了。

# of title 4db044, cause 7f3510
rule-lan-dns-behind-tunnel =
    .title = 通往區域網路 DNS 伺服器的流量被導入 VPN
    .cause = 區域網路的 DNS 伺服器 { $dns-lan_servers_in_tunnel }，其位址屬於 VPN 會導入通道的網路。VPN 連線期間，Windows 會到 Azure 去找它。

# of title 33dedd, step-1 325027, step-2 3d4675, undo 92bb16
fix-lead-dns-through-vpn =
    .title = 讓通往 DNS 伺服器的流量經由 VPN
    .step-1 = 請以 { $vnet-dns_servers } 其中一台的位址和連接埠 53 改查「VPN 已連線，但 Azure 中的資源都沒有回應」這個症狀（--symptom connected-but-no-azure-resources --param target=ADDRESS --param target_port=53）：可能是套件太舊、對等互連沒有閘道傳輸，或伺服器在內部部署。
    .step-2 = 在 PowerShell 執行（ADDRESS 換成該位址）：`Find-NetRoute -RemoteIPAddress ADDRESS` 當 InterfaceAlias 顯示 { $profile } 時，執行：`ipconfig /flushdns` 再執行：`nslookup { $target_name }`
    .undo = 不需要復原：這裡沒有任何變更。

# of title e1319d, step-1 704128, step-2 f388ce, step-3 6a0703, step-4 3ea814, risk 0afa7b, undo 9f3d03
fix-forward-domain-from-servers =
    .title = 讓 DNS 伺服器轉寄這個網域
    .step-1 = 找一台 { $vnet-dns_servers } 透過站對站 VPN 或 ExpressRoute 連得到的網域 DNS 伺服器，例如內部部署的網域控制站；UDP 與 TCP 53 雙向都要開放。
    .step-2 = 先查看 { $vnet-dns_servers } 本身是否有區域 { $domain }；在 Windows 上可用下列命令查看：`Get-DnsServerZone -Name { $domain } | Format-List ZoneType, MasterServers` 若 ZoneType 為 Primary，這台伺服器不需要轉寄站：在該區域補上缺少的記錄即可。若為 Secondary，請在這個區域的來源伺服器上補上記錄。若為 Forwarder 或 Stub，請先記下目前的 MasterServers，再加以改正（ADDRESS 換成第一個步驟的位址）。Forwarder：`Set-DnsServerConditionalForwarderZone -Name { $domain } -MasterServers ADDRESS` Stub：`Set-DnsServerStubZone -Name { $domain } -MasterServers ADDRESS` 如果顯示找不到區域的錯誤，表示沒有這個區域。
    .step-3 = 在沒有這個區域的每一台上，把這個網域轉寄給第一個步驟找到的伺服器。Windows 以系統管理員身分執行（ADDRESS 換成該伺服器的位址）：`Add-DnsServerConditionalForwarderZone -Name { $domain } -MasterServers ADDRESS` 其他轉寄站保持不變。
    .step-4 = 在用戶端執行：`ipconfig /flushdns` 然後：`nslookup { $target_name }`
    .risk = 其他網域的名稱仍照常解析。
    .undo = 只在這次加入轉寄站的伺服器上執行：`Remove-DnsServerZone -Name { $domain }` 若當時改正的是既有的轉寄站，則執行（ADDRESS 換成當時記下的伺服器）：`Set-DnsServerConditionalForwarderZone -Name { $domain } -MasterServers ADDRESS` 若當時改正的是虛設常式區域（Stub），同樣執行：`Set-DnsServerStubZone -Name { $domain } -MasterServers ADDRESS` 若當時是在區域中補上記錄，只刪除那筆記錄，其他都不要動。

# of title 8e8e96, step-1 b43bd8, step-2 d933eb, step-3 3ea6cc, step-4 b9ec82, step-5 51e104, risk 0fae90, undo 7bcf32
fix-forward-domain-by-ruleset =
    .title = 讓 DNS 私人解析器轉寄這個網域
    .step-1 = 如果虛擬網路沒有 DNS 私人解析器，請建立一個，並加上輸入端點與輸出端點；兩者各用一個專屬子網路，委派給 Microsoft.Network/dnsResolvers。
    .step-2 = 在輸出端點上建立 DNS 轉送規則集，加入一條規則：{ $domain }.（結尾要有句點），轉送到這個網域的一台 DNS 伺服器，連接埠 53。再把規則集連結到解析器所在的虛擬網路。
    .step-3 = 記下目前的 DNS 伺服器：{ $vnet-dns_servers }。只有它們認得的名稱，之後也必須能解析：它們自己擁有或轉寄的每個網域，都要在規則集中加入規則；每個私人 DNS 區域，都要連結到解析器所在的網路。
    .step-4 = 虛擬網路 >「DNS 伺服器」：選擇「自訂」，只填入解析器輸入端點的位址；解析器的「輸入端點」會顯示這個位址。如果原本就是這樣，略過這一步。
    .step-5 = 重新連線 VPN，用戶端就會取得虛擬網路的 DNS 伺服器。如果沒有作用，請重新下載套件。Azure VPN Client：先移除該連線，再匯入 AzureVPN\azurevpnconfig.xml。Windows 的連線：先在「設定」>「網路和網際網路」>「VPN」刪除該連線，再以要連線的使用者身分執行 WindowsAmd64\VpnClientSetupAmd64.exe。
    .risk = 虛擬機器重新啟動或更新租用時，會取得新的 DNS 伺服器；只有先前的伺服器認得、又沒有建立規則的名稱，在虛擬機器上將無法解析。
    .undo = 虛擬網路 >「DNS 伺服器」：重新填入先前的伺服器，原本沒有時則選擇「預設（Azure 提供）」，並讓虛擬機器更新租用。

# of title 5a69b7, step-1 8cbc89, step-2 b43c6b, step-3 273c5f, step-4 51e104, risk 255261, undo c17f63
fix-set-own-dns-servers =
    .title = 讓虛擬網路使用網域的 DNS 伺服器
    .step-1 = 選定 DNS 伺服器：要認得這個網域，集區 { $gateway-p2s-pool } 與所有虛擬機器都要連得到，而且會轉寄其他所有名稱；若伺服器在 Azure 中執行，則轉寄到 168.63.129.16。
    .step-2 = 目前私人 DNS 區域與私人端點不需另外設定就能解析。儲存之前，先確認新的伺服器也會轉寄這些區域，否則所有虛擬機器都將無法解析。
    .step-3 = 虛擬網路 >「DNS 伺服器」：選擇「自訂」，只填入這些伺服器。不要與 168.63.129.16 或不認得這個網域的伺服器混用：用戶端會採用第一個回答，即使內容是「名稱不存在」。
    .step-4 = 重新連線 VPN，用戶端就會取得虛擬網路的 DNS 伺服器。如果沒有作用，請重新下載套件。Azure VPN Client：先移除該連線，再匯入 AzureVPN\azurevpnconfig.xml。Windows 的連線：先在「設定」>「網路和網際網路」>「VPN」刪除該連線，再以要連線的使用者身分執行 WindowsAmd64\VpnClientSetupAmd64.exe。
    .risk = 虛擬機器重新啟動或更新租用時，會取得新的 DNS 伺服器；新伺服器不認得的名稱在虛擬機器上將無法解析。
    .undo = 虛擬網路 >「DNS 伺服器」：選擇「預設（Azure 提供）」，並讓虛擬機器更新租用。

# of title 665fe6, step-1 461347, step-2 f8c97f, risk 9a2591, undo 3602fd
fix-add-name-rule =
    .title = 把這個網域的名稱送到虛擬網路
    .step-1 = 以系統管理員身分在 PowerShell 執行：`Add-DnsClientNrptRule -Namespace ".DOMAIN" -NameServers { $vnet-dns_servers }` DOMAIN 是 { $target_name } 去掉第一段之後、同類名稱共有的結尾；前面的句點不可省略。電腦很多時，改用群組原則或 Intune 設定。
    .step-2 = 在用戶端執行：`ipconfig /flushdns` 然後在 PowerShell 執行：`Resolve-DnsName { $target_name }` nslookup 不遵循這類規則，顯示的仍是區域網路的回答。
    .risk = 沒有 VPN 時，這台電腦無法解析這個網域的名稱，在辦公室也一樣，除非從那裡連得到這些伺服器。
    .undo = 以系統管理員身分在 PowerShell 查出規則的名稱：`Get-DnsClientNrptRule` 再執行（NAME 換成該名稱）：`Remove-DnsClientNrptRule -Name NAME`

# of title 2828e0, step-1 d58d9d, step-2 15944c, step-3 56e90b, risk 677fb1, undo fc11e0
fix-lower-vpn-metric =
    .title = 降低 VPN 的計量
    .step-1 = ncpa.cpl > { $profile } >「內容」>「網路功能」>「網際網路通訊協定第 4 版」>「內容」>「進階」：清除「自動計量」，輸入 5。以 Set-NetIPInterface 設定的計量會隨連線中斷而消失。
    .step-2 = 如果內容中沒有「網路功能」索引標籤（用戶端套件建立的某些連線就是如此）：先中斷連線，複製 { $ras-entry-file } 作為備份，再用記事本開啟它，在 [{ $profile }] 區段中設定 IpInterfaceMetric=5。
    .step-3 = 重新連線，然後執行：`ipconfig /flushdns` 再執行：`nslookup { $target_name }`
    .risk = 連線期間，所有名稱都會先詢問虛擬網路的 DNS 伺服器，區域網路的名稱也不例外。
    .undo = 重新勾選「自動計量」；若改的是電話簿，則中斷連線，再將備份複製回去。

# of title 9896c3, step-1 1428f0, step-2 500691, step-3 85e376, risk 2d5646, undo e7be0d
fix-add-client-suffix =
    .title = 在 Azure VPN Client 的設定檔中加入這個網域
    .step-1 = 在套件的 AzureVPN\azurevpnconfig.xml 中，於 clientconfig 內加入（原本是 <clientconfig i:nil="true" />，要整個換成 <clientconfig> … </clientconfig>）：<dnssuffixes><dnssuffix>.DOMAIN</dnssuffix></dnssuffixes>。DOMAIN 是 { $target_name } 去掉第一段之後、同類名稱共有的結尾；前面的句點不可省略。檔案中不可留下第二個 clientconfig。
    .step-2 = 如果用戶端沒有取得虛擬網路的 DNS 伺服器，就在同一處加入：<dnsservers><dnsserver>ADDRESS</dnsserver></dnsservers>，位址為 { $vnet-dns_servers }。
    .step-3 = 在 Azure VPN Client 匯入這個檔案並以它連線。此時在 PowerShell 執行下列命令，應列出這個網域：`Get-DnsClientNrptPolicy` ipconfig 不會顯示這些伺服器。
    .risk = 其他使用者要匯入修改後的檔案，才會有同樣的設定。
    .undo = 重新匯入未修改的檔案。

# of title 5e64df, step-1 f5f411, verify ce0fa2, undo 613fd5
fix-type-full-name =
    .title = 輸入完整名稱
    .step-1 = 使用含網域的名稱：{ $target_name }.{ $domain }。捷徑、網路磁碟機和程式中若寫的是短名稱，也要一併修改。
    .verify = 完整名稱可以解析。
    .undo = 不需要復原：短名稱本來就無法解析。

# of title cd63dd, step-1 9a8a6a, step-2 c1e97d, step-3 433308, undo 1496a3
fix-add-connection-suffix =
    .title = 在連線上加入尾碼
    .step-1 = 以連線使用者的身分在 PowerShell 執行：`Set-VpnConnection -Name "{ $profile }" -DnsSuffix { $domain }`
    .step-2 = 在 AzureVPN\azurevpnconfig.xml 的 clientconfig 內（原本是 <clientconfig i:nil="true" />，要整個換成 <clientconfig> … </clientconfig>）加入：<dnssuffixes><dnssuffix>.{ $domain }</dnssuffix></dnssuffixes>，再把檔案重新匯入 Azure VPN Client。
    .step-3 = 重新連線，然後執行：`ipconfig /flushdns` 再試短名稱。
    .undo = 匯入先前的檔案，或以連線使用者的身分在 PowerShell 執行：`Set-VpnConnection -Name "{ $profile }" -DnsSuffix ""`

# of title 56ced5, step-1 907ef7, risk 81238b, undo b1da0a
fix-connect-again =
    .title = 重新連線
    .step-1 = 中斷 { $profile }，然後執行：`ipconfig /flushdns` 再重新連線：Windows 在連線時才會取得 DNS 伺服器。
    .risk = 經由 VPN 開啟的工作階段會中斷。
    .undo = 不需要復原：沒有更改任何設定。

# of title 717ed5, step-1 1ce8fb, step-2 7c3b64, step-3 af9e02, risk e2b50a, verify 770189, undo 92a6c9
fix-keep-lan-dns-off-tunnel =
    .title = 不讓區域網路的 DNS 伺服器走通道
    .step-1 = 找出區域網路的預設閘道：{ $net-local_adapters-gateways }。
    .step-2 = 以系統管理員身分在命令提示字元中，對 { $dns-lan_servers_in_tunnel } 的每一台執行：`route -p add SERVER mask 255.255.255.255 GATEWAY`（SERVER 為該 DNS 伺服器，GATEWAY 為區域網路的預設閘道）
    .step-3 = 連線後再試一次名稱。換到別的網路時，這條路由就沒有作用，所以只適合固定在一處使用的電腦。
    .risk = Azure 中若有位址相同的伺服器，這台電腦就連不到它了。
    .verify = 對該 DNS 伺服器執行 tracert，第一站是區域網路的預設閘道；VPN 連線期間名稱可以解析。
    .undo = 以系統管理員身分在命令提示字元中，對加入過路由的每一台伺服器執行：`route delete SERVER`

# of title 43d395, step-1 a50d93, step-2 71f583, risk 225b62, undo dbf7a0
fix-move-lan-dns =
    .title = 改用 VPN 網路範圍以外的區域網路 DNS 伺服器
    .step-1 = 讓區域網路（其 DHCP 伺服器）提供一台位在 VPN 網路範圍以外的 DNS 伺服器，例如會轉送 DNS 的路由器本身的位址。
    .step-2 = 在用戶端執行：`ipconfig /renew` 然後連線，再試一次名稱。
    .risk = 區域網路的所有電腦在更新租用時，都會改問另一台伺服器。
    .undo = 讓 DHCP 重新提供先前的伺服器。

# of title 10b4da, question c84fdd
symptom-connected-but-no-azure-resources =
    .title = VPN 已連線，但 Azure 中的資源都沒有回應
    .question = 是否 VPN 已連線，但 Azure 中的資源沒有回應，直接用位址也一樣？

# of title 10c8d6
fact-target_network-peerings =
    .title = 目標所在網路的對等互連

# of title 3494f2
fact-peers-peerings =
    .title = 所有與閘道網路對等互連的網路，其對等互連

# of title 01be0b
type-Subnet =
    .title = 虛擬網路的子網路

# of title c9e3f3
type-Subnet-id =
    .title = 子網路的資源識別碼

# of title dbdf05
type-Subnet-prefix =
    .title = 子網路的位址範圍

# of title bcf19a
type-Subnet-prefixes =
    .title = 子網路的位址範圍，若有多個

# of title 10e8c7
fact-gateway_network-subnets =
    .title = 閘道所在網路的子網路

# of title 34a148
fact-target_network-subnets =
    .title = 目標所在的對等網路的子網路

# of title 3ed564, text 7eb338
fact-target_nsg-subnets =
    .title = 安全性群組所關聯的子網路
    .text = 以資源識別碼表示。

# of title e48a74, text 7eb338
fact-target_nsg-interfaces =
    .title = 安全性群組所關聯的網路介面
    .text = 以資源識別碼表示。

# of title c75ae2, question 147d59
fact-target_nsg-target_in_groups =
    .title = 目標屬於規則中作為目的地的應用程式安全性群組
    .question = 目標的安全性群組中，有輸入規則以應用程式安全性群組作為目的地。目標的網路介面是否屬於其中之一？入口網站會在虛擬機器的「網路」>「應用程式安全性群組」顯示所屬的群組。

# of title f5a638, question bd98f9
fact-target_network-answers =
    .title = 目標會回應自己網路中的電腦
    .question = 從目標自己的虛擬網路中的一台虛擬機器連線，目標的同一個連接埠會回應嗎？

# of title 082055
let-reach-vpn_routes =
    .title = 用戶端經由 VPN 通往目標的路由

# of title 14fd88, text bf9b65
let-reach-other_ways =
    .title = 用戶端由其他途徑通往目標，且範圍不大於 VPN 路由的路由
    .text = Windows 採用範圍最小的路由；範圍相同時，採用計量較低的。

# of title 1d95ee
let-reach-narrower_ways =
    .title = 經由其他路徑到目標、且範圍比每一條 VPN 路由都小的路由

# of title a113f0, text 48d46c
let-reach-unrouted =
    .title = 已連線的 VPN 缺少通往目標的路由
    .text = 把所有流量都送進 VPN 的連線不需要這種路由。

# of title 81f5dd
let-reach-transit =
    .title = 閘道能藉以到達目標的對等互連

# of title d1e6f5
let-reach-promised =
    .title = 現在產生的套件會帶有通往目標的路由

# of title 2d3299
let-reach-counterparts =
    .title = 通往目標的對等互連，在目標網路那一側的對應設定

# of title de4157
let-reach-not_using =
    .title = 目標網路的對等互連中，未使用此閘道者

# of title d705bd
let-reach-second_hop =
    .title = 位於對等網路另一側、包含目標的網路

# of title 2deb49
let-package-lacks_route =
    .title = 套件沒有通往目標的路由

# of title c013c4, text 879024
let-reach-changed_at =
    .title = 網路、其對等互連或閘道最後一次變更的時間
    .text = 90 天內沒有變更時即不存在。

# of title 2318a3
let-package-outdated =
    .title = 套件產生之後有過變更，或套件太舊而無法從活動記錄判斷

# of title 0ab7de, text 273223
let-target_nsg-fitting =
    .title = 目標的輸入規則中，符合其連接埠與位址集區者
    .text = 若規則使用連接埠範圍或服務標籤，則無法判斷是否符合。

# of title 4e6c05
let-target_nsg-denies =
    .title = 目標的安全性群組中拒絕位址集區的規則

# of title 532bd0
let-target_nsg-allows =
    .title = 目標的安全性群組中允許位址集區的規則

# of title fc2542, text 71ecd8
let-target_nsg-applies =
    .title = 安全性群組位於目標之前
    .text = 關聯到目標的子網路，或關聯到網路介面。

# of title b24229
let-target_nsg-refuses =
    .title = 安全性群組拒絕位址集區

# of title c954b5, cause 7a6b13
rule-package-before-route =
    .title = 套件比通往目標的路徑還舊
    .cause = Windows 用戶端的路由來自套件。{ $package-generated_at } 產生的套件帶有 { $package-routes }，其中沒有通往 { $target } 的路由。活動記錄中，網路或閘道最後一次變更的時間：{ $reach-changed_at }。

# of title 5b4047, cause 5c7214
rule-package-routes-not-installed =
    .title = 套件中的路由不在用戶端上
    .cause = { $package-generated_at } 產生的套件帶有通往 { $target } 的路由，但已連線的用戶端上沒有。這個連線是用較舊的套件建立的，或其路由未能加入。

# of title 1f3174, cause 2a6b27
rule-routes-not-handed-out =
    .title = 閘道沒有提供路由
    .cause = { $package-generated_at } 產生的套件比網路和閘道的所有變更都新，卻仍沒有通往 { $target } 的路由：閘道還在使用舊的網路資訊。

# of title 8ef7be, cause 55276a
rule-peering-without-transit =
    .title = 對等互連不讓用戶端通過
    .cause = { $target } 位於對等互連 { $reach-peerings-name } 的另一側。必須這一側允許閘道傳輸（目前：{ $reach-peerings-allow_gateway_transit }），而且對側使用遠端閘道（目前：{ $reach-counterparts-use_remote_gateways }），閘道的用戶端才能通過。

# of title 6abf6f, cause 813e84
rule-peering-not-connected =
    .title = 對等互連未連線
    .cause = 通往 { $target } 所在網路的對等互連 { $reach-peerings-name } 狀態為 { $reach-peerings-state }：其中一側已遭刪除，或從未建立。

# of title 33d8c7, cause 1256f2
rule-target-behind-second-peering =
    .title = 目標位於第二層對等互連之後
    .cause = { $target } 位於 { $reach-second_hop-remote }。這個網路只與閘道網路的對等網路互連，並未與閘道網路本身互連；對等互連不會再轉送流量。

# of title 36b440, cause d36c6f
rule-site-route-missing =
    .title = Windows 用戶端沒有取得通往站台的路由
    .cause = { $target } 位於閘道後方的內部部署網路（{ $site-prefixes }）。Windows 用戶端不會取得通往這類網路的路由；閘道的自訂路由為 { $gateway-custom_routes }。

# of title 053d52, cause 1fafcf
rule-pool-overlaps-far-network =
    .title = 位址集區與 Azure 或內部部署的網路重疊
    .cause = 位址集區 { $gateway-p2s-pool } 與閘道後方的網路重疊（虛擬網路：{ $vnet-prefixes }，對等網路：{ $vnet-peerings-prefixes }，內部部署：{ $site-prefixes }）。要回給用戶端的封包因此被送到那裡。

# of title 988872, cause d631f6
rule-pool-overlaps-local-network =
    .title = 位址集區與用戶端目前所在的網路重疊
    .cause = 位址集區 { $gateway-p2s-pool } 與用戶端目前所在的網路（{ $net-local_adapters-prefixes }）重疊。Windows 會把送往這些位址的流量留在區域網路。

# of title fc8fb3, cause 412b09
rule-target-in-local-network =
    .title = 用戶端自己的網路也包含目標的位址
    .cause = 用戶端目前所在的網路（{ $net-local_adapters-prefixes }）也包含 { $target }。Windows 會在那裡尋找，不會送進 VPN。

# of title 8301cf, cause d46859
rule-target-routed-elsewhere =
    .title = 通往目標的流量被另一條路由帶走
    .cause = VPN 通往 { $target } 的路由是 { $reach-vpn_routes-prefix }，但 { $reach-narrower_ways-interface } 上的 { $reach-narrower_ways-prefix } 範圍更小，Windows 因此採用後者。這條路由來自另一個 VPN，或是有人加入的。

# of title 698cf6, cause f6892d
rule-security-group-refuses-pool =
    .title = 目標的安全性群組拒絕用戶端
    .cause = 目標的安全性群組拒絕位址集區 { $gateway-p2s-pool } 連到連接埠 { $target_port }：規則 { $target_nsg-denies-name }，優先順序 { $target_nsg-denies-priority }。

# of title 0ac4c5, cause 354a3c
rule-target-firewall-refuses-pool =
    .title = 目標的防火牆拒絕用戶端
    .cause = 用戶端有通往 { $target } 的路由（{ $reach-vpn_routes-prefix }），已讀取的規則都沒有拒絕位址集區 { $gateway-p2s-pool }，而且目標會回應自己網路中的電腦。丟棄位址集區封包的，是目標本身的防火牆，或某個沒有查看到的安全性群組。

# of title 7055f1, cause acf11c
rule-target-answers-nobody =
    .title = 目標對任何電腦都不回應
    .cause = 即使在自己的網路中，{ $target } 的連接埠 { $target_port } 也沒有回應。目標可能沒有開機，或位址已經改變；問題不在 VPN。

# of title 9c34ff, cause 96f55d
rule-target-port-closed =
    .title = 目標的連接埠上沒有程式在接聽
    .cause = { $target } 經由 VPN 有回應，但拒絕連接埠 { $target_port }。路由與安全性群組都正常；那個連接埠上沒有程式在接聽。

# of title 846940, step-1 8e2e9f, step-2 6ef824, step-3 311f5d, step-4 37d1e3, undo 5f5725
fix-look-for-route =
    .title = 確認用戶端現在有沒有路由
    .step-1 = 連上 VPN 後，在 PowerShell 執行：`Find-NetRoute -RemoteIPAddress { $target }` 其中的 InterfaceAlias 必須是 { $profile }，而不是區域網路的介面卡。
    .step-2 = 再執行：`Test-NetConnection { $target } -Port { $target_port }` TcpTestSucceeded 必須是 True。如果路由已經存在而結果仍是 False，問題出在目標端或閘道之後的路徑：請重新取得路由表、ipconfig 與連接埠的探測結果，再執行一次 rulec。先前還沒有路由，目標的防火牆因此被視為已排除。
    .step-3 = 如果仍然沒有路由，請查看新套件中的 Generic\VpnSettings.xml。若其中 Routes 所列的網路都不包含 { $target }（要找的是網段，不是這個位址本身），表示閘道還沒有重新產生套件：請等幾分鐘再下載一次。若有網路包含它，則是用戶端沒有加入路由：請從 VPN 清單啟動連線，不要用捷徑。
    .step-4 = 如果可以連通，請將新的套件提供給所有用戶端：使用舊套件的人同樣缺少這條路由。
    .undo = 不需要復原：沒有任何變更。

# of title f26688, step-1 da5a13, step-2 43e746, step-3 267b73, risk 3ade13, undo 0ee1c5
fix-allow-gateway-transit =
    .title = 讓用戶端通過對等互連
    .step-1 = 在閘道這一側：虛擬網路 { $vnet-id } >「對等互連」> { $reach-peerings-name }：允許閘道傳輸（allowGatewayTransit）。
    .step-2 = 接著在另一側：{ $reach-peerings-remote } >「對等互連」，在通往 { $vnet-id } 的那一個上使用遠端閘道（useRemoteGateways）。那個網路若有自己的閘道，Azure 會拒絕。
    .step-3 = 確認目標子網路的路由表沒有停止傳播閘道路由，也沒有把 { $gateway-p2s-pool } 導向別處。
    .risk = 另一個網路從此經由這個閘道連到內部部署；原本若走別的路徑，流量會改道。
    .undo = 關閉這兩項設定，先關另一側。

# of title 106536, step-1 dad95a, step-2 df976f, step-3 b26dcd, risk 6c02f2, undo 523f62
fix-reconnect-peering =
    .title = 讓對等互連恢復連線
    .step-1 = 狀態為 Initiated：在另一側 { $reach-peerings-remote } 加入通往 { $vnet-id } 的對等互連。
    .step-2 = 狀態為 Disconnected：先記下設定，刪除這一側的對等互連 { $reach-peerings-name }，再於兩側重新加入。
    .step-3 = 在閘道這一側允許閘道傳輸，在另一側使用遠端閘道。兩側都必須顯示 Connected。
    .risk = 如果對等互連還有部分流量在使用，從刪除到重新建立之間會完全不通。
    .undo = 刪除新的對等互連。

# of title c480f7, step-1 1bfa60, step-2 8e9e43, step-3 cabe04, risk 700420, undo c22a88
fix-peer-directly =
    .title = 讓目標的網路與閘道的網路直接互連
    .step-1 = 確認 { $reach-second_hop-remote } 與 { $vnet-id } 的位址空間沒有重疊。
    .step-2 = 在兩者之間加入對等互連：在 { $vnet-id } 這一側允許閘道傳輸，在另一側使用遠端閘道。已經使用現有對等網路之閘道的網路，無法再使用第二個閘道。
    .step-3 = 若不想直接互連，可在中間的網路設置路由器（網路虛擬設備），並在兩側設定路由表、在閘道上設定自訂路由。
    .risk = 兩個網路可以直接互通，不再經過兩者之間的防火牆。
    .undo = 刪除兩側的對等互連。

# of title d78a5b, step-1 597fe6, step-2 07f20c, step-3 0d04d5, risk ae8acd, risk-2 5f41bb, undo 564ab5
fix-advertise-site-routes =
    .title = 將通往站台的路由提供給用戶端
    .step-1 = 先通知使用者變更的時間：變更閘道可能使他們斷線。
    .step-2 = 執行下列命令，PREFIXES 換成站台的網路，以及目前已設定的全部項目（{ $gateway-custom_routes }），以空白分隔：`az network vnet-gateway update --ids { $gateway_id } --custom-routes PREFIXES` 整份清單會被取代。
    .step-3 = 在站台的 VPN 裝置上，允許位址集區 { $gateway-p2s-pool } 通過通道，並設定返回的路由。使用 BGP 時裝置會自動得知。
    .risk = 閘道變更需要幾分鐘，已連線的工作階段可能中斷。用戶端需要新的套件。
    .risk-2 = 用戶端可以連到內部部署網路。
    .undo = 設回先前的自訂路由清單：{ $gateway-custom_routes }。

# of title 825d09, step-1 1d6bc7, step-2 12f138, risk 099b7d, undo 15518f
fix-leave-overlapping-network =
    .title = 讓用戶端離開重疊的網路
    .step-1 = 讓用戶端連到位址不同的網路，例如手機熱點，再試一次。這也能證明原因就是重疊。
    .step-2 = 在家用網路中，把路由器改成別的網段，例如 192.168.77.0/24。在公司網路中，請洽其管理員；也可以改為變更目標的位址。
    .risk = 路由器變更網段時，其中的裝置全部斷線；設定固定位址的裝置需要新的位址。
    .undo = 在路由器設回先前的網段。

# of title 4ee13f, step-1 d87aeb, step-2 35be05, step-3 422ba8, risk 61ce3c, undo 8dc653
fix-clear-other-route =
    .title = 移除另一條路由
    .step-1 = 在 PowerShell 執行：`Find-NetRoute -RemoteIPAddress { $target }` 可看到 Windows 走的是哪一條：目前是 { $reach-narrower_ways-interface }，應該要是 { $profile }。
    .step-2 = 如果那張介面卡屬於另一個 VPN，請中斷那個 VPN。若兩者必須同時使用，就要請它的管理員排除 { $target }。
    .step-3 = 如果是區域網路，請查看「持續路由」列出的手動加入路由：`route print` 先把那一行記下來，再以系統管理員身分執行（NETWORK 換成該網路）：`route delete NETWORK` 若路由來自 DHCP 或原則，應由其管理員處理。
    .risk = 原本經由另一條路由連線的對象，會變得連不到。
    .undo = 重新連線另一個 VPN，或依記下的內容加回這條路由：`route -p add NETWORK mask MASK GATEWAY`

# of title f42b03, step-1 3140c8, step-2 5b7298, step-3 10b629, risk 9c8624, undo 7cbcaa
fix-allow-pool-in-security-group =
    .title = 在安全性群組中允許位址集區
    .step-1 = 查明規則 { $target_nsg-denies-name } 是誰設定的，保護的是什麼。
    .step-2 = 安全性群組 { $target_nsg_id } >「輸入安全性規則」>「新增」：來源 { $gateway-p2s-pool }，目的地 { $target }，連接埠 { $target_port }，TCP，動作「允許」，優先順序數字小於 { $target_nsg-denies-priority }。
    .step-3 = 若子網路和網路介面各有一個群組，兩者都必須允許。
    .risk = VPN 的所有用戶端都能連到目標的這個連接埠。
    .undo = 刪除新的規則。

# of title e2683e, step-1 4388ec, step-2 6ff087, risk 9c8624, undo ce76eb
fix-allow-pool-in-target-firewall =
    .title = 在目標的防火牆中允許位址集區
    .step-1 = 目標若是 Windows，以系統管理員身分在 PowerShell 執行：`New-NetFirewallRule -DisplayName 'VPN clients' -Direction Inbound -Protocol TCP -LocalPort { $target_port } -RemoteAddress { $gateway-p2s-pool } -Action Allow`
    .step-2 = 檢查是否有規則只允許本機子網路連到這個連接埠：對 Windows 而言，位址集區不屬於本機子網路。在 Linux 上請看 nft 或 iptables；其他目標則看它自己的允許位址清單。
    .risk = VPN 的所有用戶端都能連到目標的這個連接埠。
    .undo = 刪除新增的規則；在 Windows 上，以系統管理員身分在 PowerShell 執行：`Remove-NetFirewallRule -DisplayName 'VPN clients'`

# of title 329eee, step-1 c00676, step-2 d3ec36, step-3 0ed0ae, risk 53929f, undo d5a010
fix-repair-target =
    .title = 讓目標恢復回應
    .step-1 = 在入口網站確認：目標是否在執行中？{ $target } 是否仍是它的位址？
    .step-2 = 在目標上確認：是否有程式在連接埠 { $target_port } 接聽，而且是在所有位址上，不只 127.0.0.1？在 Windows 上：`Get-NetTCPConnection -State Listen -LocalPort { $target_port }`
    .step-3 = 啟動該程式，或更正提供給使用者的位址。
    .risk = 服務重新啟動時，正在使用目標的人會受到影響。
    .undo = 再次停止該服務。

# of title 084a88, text 81e418
symptom-revocation-server-offline-80092013 =
    .title = 撤銷伺服器離線
    .text = SSTP 無法檢查閘道的憑證是否已撤銷。

# of title 6e1d03
let-revocation-failed =
    .title = 未正常回應系統的撤銷清單位址

# of title ee26fe
let-revocation-user_only =
    .title = 只回應使用者、不回應系統的撤銷清單位址

# of title 631c01
let-revocation-all_answer =
    .title = 所有撤銷清單位址都回應系統

# of title e55f03, question ab0f69
fact-revocation-fetch_passes =
    .title = 重新檢查閘道憑證可以通過
    .question = 在瀏覽器開啟 https:// 加上連線的伺服器名稱，將憑證匯出為 C:\Temp\gateway.cer，再以系統管理員身分執行：certutil -verify -urlfetch C:\Temp\gateway.cer。最後是否顯示憑證的撤銷檢查通過（英文版 Windows 為 Leaf certificate revocation check passed）？

# of title 371d62, cause 843094
rule-revocation-proxy-user-only =
    .title = 只有使用者設定了 Proxy
    .cause = 使用者有 Proxy，能從 { $revocation-user_only-url } 取得回應；系統沒有 Proxy，得不到回應。SSTP 是以系統身分檢查閘道憑證，瀏覽器打得開這些位址並不能證明什麼。

# of title 8c2190, cause 92f5d7
rule-revocation-proxy-refuses-system =
    .title = Proxy 要求系統登入
    .cause = 系統連得到 Proxy { $proxy-machine }，但 Proxy 回應 407：它要求使用者名稱，而系統沒有可提供的帳號。相關位址是 { $revocation-failed-url }。

# of title 999753, cause ee4177
rule-revocation-behind-portal =
    .title = 登入頁面攔截了撤銷清單位址
    .cause = 在有人於這個網路的登入頁面登入之前，它不會放行任何 HTTP 流量。撤銷清單是透過 HTTP 下載的，因此即使閘道的連接埠 443 已經有回應，檢查仍會失敗。

# of title eee5ee, cause 1381d9
rule-revocation-blocked =
    .title = 防火牆或 Proxy 封鎖了撤銷清單位址
    .cause = 這台電腦得不到 { $revocation-failed-url } 的回應。這些是閘道目前出示的憑證（簽發者為 { $server-certificate-issuer }）所列的位址；較舊的位址清單已不適用。

# of title 9e83d7, cause 3c14b7
rule-revocation-service-stopped =
    .title = Windows 無法下載撤銷清單
    .cause = Windows 由服務 CryptSvc 下載撤銷清單。這台電腦上它的狀態是 { $service-cryptsvc-state }（啟動類型：{ $service-cryptsvc-start }）。

# of title e3ca8c, cause 805bc4
rule-revocation-cache-stale =
    .title = Windows 還在使用舊的快取
    .cause = 所有撤銷清單位址都回應系統，重新檢查也通過。連線時用的是 Windows 先前留下的內容：過期的清單，或記憶體中先前失敗的結果。

# of title 11abc3, cause c0d7b4
rule-revocation-list-unusable =
    .title = 收到的回應不是有效的撤銷清單
    .cause = { $probe-revocation-url } 有回應，檢查卻仍然失敗。途中有裝置代替憑證授權單位回應：過濾設備送出自己的頁面，或 Proxy 送出過期的清單副本。

# of title 60fc14, cause b7f11f
rule-clock-hides-revocation =
    .title = 時鐘錯誤使撤銷清單失效
    .cause = 電腦的時鐘誤差為 { $clock-skew }。撤銷清單的有效期只有幾天，照這個時鐘看，清單不是已經過期，就是尚未生效。

# of title 9ade76, step-1 239a4e, step-2 2a9244, step-3 f85758, step-4 039b3c, risk 104b8d, undo ecff4b, verify-2 818e54
fix-allow-revocation-addresses =
    .title = 放行撤銷清單位址
    .step-1 = 在這個網路的防火牆或 Proxy 上，允許以 HTTP（TCP 連接埠 80）連到 { $server-certificate-crl_urls } 的主機。也要允許 OCSP 主機，它列在閘道憑證的「授權單位資訊存取」中。若是別人的網路，只有其管理者能這樣做；在此之前請改用手機熱點連線。
    .step-2 = 以電腦為對象放行，不要求使用者登入 Proxy，也不要讓快取副本或過濾頁面混進回應。
    .step-3 = 不要依 IP 位址放行，也不要照抄舊文章裡的網址：這兩者都會被憑證授權單位更換。
    .step-4 = 以系統管理員身分執行：`certutil -setreg chain\ChainCacheResyncFiletime @now` 重新啟動電腦，再連線一次。
    .risk = 這些電腦上的程式不必登入 Proxy 就能連到這些主機。
    .verify-2 = 連線成功，且沒有出現代碼為 -2146885613 的新 20227 事件。
    .undo = 刪除防火牆或 Proxy 上的這條規則。在電腦上以系統管理員身分執行：`certutil -delreg chain\ChainCacheResyncFiletime`

# of title 4f3be4, step-1 a9aa5c, step-2 dbf738, step-3 496da8, step-4 f153b1, step-5 c5b2ee, step-6 f9dc76, risk 5bf790, undo 324856, verify-2 818e54
fix-set-machine-proxy =
    .title = 為系統設定 Proxy
    .step-1 = 只適用於從不離開這個網路的電腦。若是筆記型電腦，系統到哪裡都會找這個 Proxy，結果變成在家時檢查失敗。
    .step-2 = 記下目前的設定：`netsh winhttp show proxy`
    .step-3 = 以系統管理員身分執行：`netsh winhttp set proxy proxy-server="{ $proxy-user }" bypass-list="<local>"`
    .step-4 = 使用者的 Proxy 來自指令碼 { $proxy-user_script }。從中查出哪個 Proxy 負責 { $server-certificate-crl_urls } 的主機。再以系統管理員身分執行（填入它的名稱與連接埠）：`netsh winhttp set proxy proxy-server="NAME:PORT" bypass-list="<local>"`
    .step-5 = Proxy 必須讓系統不登入就能通過。
    .step-6 = 重新啟動電腦，再連線一次。
    .risk = 之後所有系統服務都使用這個 Proxy，包括 Windows Update。在沒有這個 Proxy 的網路中，它們連不上網際網路。
    .verify-2 = 連線成功，且沒有出現代碼為 -2146885613 的新 20227 事件。
    .undo = 改回先前記下的設定。若原本是直接存取，以系統管理員身分執行：`netsh winhttp reset proxy`

# of title fb8dbc, step-1 db18ed, step-2 3ed575, undo 353244
fix-sign-in-at-portal =
    .title = 在網路的登入頁面登入
    .step-1 = 在瀏覽器開啟 http://www.msftconnecttest.com/redirect，並在出現的頁面上登入或接受條款。
    .step-2 = 再連線一次。若仍然失敗，請改用其他網路，例如手機熱點：這個網路始終封鎖連往憑證授權單位的 HTTP。
    .undo = 不需要復原。

# of title 67f8ca, step-1 ac35de, step-2 b97906, step-3 29c4a7, step-4 583a75, undo 77ff5e
fix-start-cryptographic-services =
    .title = 啟動密碼編譯服務
    .step-1 = 以系統管理員身分執行：`sc.exe config CryptSvc start= auto`
    .step-2 = 以系統管理員身分執行：`net start CryptSvc`
    .step-3 = 若沒有這個服務，請修復 Windows：`DISM /Online /Cleanup-Image /RestoreHealth` 再執行：`sfc /scannow`
    .step-4 = 查明是什麼關閉了它（最佳化工具或原則），以免再次被關閉。然後再連線一次。
    .undo = 以 sc.exe config 改回原本的啟動類型。

# of title 7327e1, step-1 cb6dd9, step-2 7ea857, step-3 bcb026, verify 818e54, undo 22b294
fix-clear-revocation-cache =
    .title = 清除 Windows 的撤銷快取
    .step-1 = 以系統管理員身分執行：`certutil -setreg chain\ChainCacheResyncFiletime @now` 這會讓 Windows 重新查詢，對系統帳戶也有效；只執行 certutil -urlcache * delete 僅清除執行者自己的檔案。
    .step-2 = 重新啟動電腦，因為服務會把清單留在記憶體中。然後再連線一次。
    .step-3 = 絕對不要改為設定 SSTP 的 NoCertRevocationCheck：那會永久拿掉這層保護。
    .verify = 連線成功，且沒有出現代碼為 -2146885613 的新 20227 事件。
    .undo = Windows 會自行重新下載清單。若要刪除該值，以系統管理員身分執行：`certutil -delreg chain\ChainCacheResyncFiletime`

# of title 749540
symptom-radius-policy-812 =
    .title = VPN 伺服器的原則禁止了這個連線

# of title 1dc641, text ab3407, question 5c08c4
fact-gateway_subnet-prefixes =
    .title = GatewaySubnet 的位址範圍
    .text = 閘道從這個範圍內的位址查詢 RADIUS。
    .question = GatewaySubnet 的位址範圍是什麼，例如 10.0.255.0/27？入口網站會顯示在虛擬網路的「子網路」下。

# of title 508b30, question dcdbc1
fact-radius-servers =
    .title = 閘道查詢的 RADIUS 伺服器位址
    .question = 閘道的點對站頁面上列出哪些 RADIUS 伺服器？請提供它們的位址。

# of title 64e14f, text 0493ea
let-gateway-takes_radius =
    .title = 閘道以 RADIUS 驗證
    .text = API 沒有註明時：已設定伺服器。

# of title b03fa2
let-nps-gateway_refusals =
    .title = 來自 GatewaySubnet 而遭拒絕的要求

# of title 647cd6, text cccfd3
let-nps-unmatched =
    .title = 來自 GatewaySubnet、不符合任何 NPS 原則的要求
    .text = 原因 48 與 49。

# of title 1bf695, text 9347aa
let-nps-denied =
    .title = 來自 GatewaySubnet、帳戶不得撥入的要求
    .text = 原因 65。

# of title f87e05, text 2bb3d3
let-nps-wrong_method =
    .title = 來自 GatewaySubnet、驗證方法不被 NPS 接受的要求
    .text = 原因 22 與 66。

# of title 58f47c, text a37714
let-nps-unchecked =
    .title = 來自 GatewaySubnet、NPS 無法檢查憑證撤銷狀態的要求
    .text = 原因 258 與 259。

# of title da0c75, text 9ee7d1
let-nps-wrong_credentials =
    .title = 來自 GatewaySubnet、帳戶不明或認證錯誤的要求
    .text = 原因 8 與 16。

# of title 4c79dd
let-nps-gateway_discards =
    .title = 來自 GatewaySubnet 而遭 NPS 捨棄的要求

# of title 3414db
let-nps-gateway_grants =
    .title = 來自 GatewaySubnet 而獲 NPS 核准的要求

# of title ed23d7, text 3d3041
let-nps-unknown_clients =
    .title = 來自 GatewaySubnet、NPS 卻不認得傳送者的要求
    .text = 其他裝置（例如新的無線存取點）的要求與 VPN 無關，不列入。

# of title 31e044
let-nps-saw_nothing =
    .title = NPS 沒有收到閘道的任何要求

# of title 1b06f9
let-radius-near =
    .title = 位於閘道虛擬網路或其對等互連網路中的 RADIUS 伺服器

# of title 54efc5
let-radius-on_site =
    .title = 位於站對站連線另一端的 RADIUS 伺服器

# of title a27d5b
let-gateway-site_up =
    .title = 閘道有站對站連線處於連線狀態

# of title 137a14
let-gateway-other_ways =
    .title = 閘道可能從其他途徑得知未列出的網路

# of title 5e39f7, cause 3f9d5f
rule-gateway-without-radius =
    .title = 閘道不使用 RADIUS
    .cause = 閘道以 { $gateway-p2s-auth } 驗證，不查詢任何 RADIUS 伺服器。連線 { $profile } 是在變更驗證方式之前建立的，或屬於另一個閘道。

# of title 468c75, cause 4bb498
rule-nps-no-policy-fits =
    .title = 沒有相符的 NPS 原則
    .cause = NPS 找不到與要求相符的原則（原因 48：網路原則；原因 49：連線要求原則），因此拒絕了 { $nps-unmatched-user }。

# of title dd439a, cause 1a165e
rule-nps-dial-in-denied =
    .title = 使用者的帳戶不允許撥入
    .cause = NPS 以原因 65 拒絕了 { $nps-denied-user }：帳戶的撥入內容拒絕網路存取。

# of title 79986e, cause 1e32f8
rule-nps-method-not-enabled =
    .title = NPS 未啟用這個連線的驗證方法
    .cause = 連線使用的驗證方法不在網路原則 { $nps-wrong_method-policy } 中（原因 66），或其 EAP 類型是 NPS 無法處理的（原因 22）。要求中的 EAP 類型：{ $nps-wrong_method-eap }。

# of title d639f1, cause 838374
rule-nps-second-factor-failed =
    .title = 第二項驗證逾時或遭拒絕
    .cause = NPS 的多重要素驗證擴充功能拒絕了要求（原因 21）或將其捨棄（原因 9）：第二項驗證被拒絕、太晚完成，或其方式在此無法使用。

# of title a71bda, cause 89e70e
rule-nps-revocation-unchecked =
    .title = NPS 無法檢查使用者憑證的撤銷狀態
    .cause = NPS 無法檢查 { $nps-unchecked-user } 的憑證是否已撤銷（原因 258 與 259）。Entra 條件式存取的短效憑證根本沒有列出撤銷清單；其他憑證則是列出了伺服器連不到的清單。

# of title 8b101d, cause 4d4b3a
rule-nps-credentials-refused =
    .title = NPS 不接受使用者的名稱或密碼
    .cause = NPS 沒有這個帳戶（原因 8），或不接受 { $nps-wrong_credentials-user } 的認證（原因 16）。視 EAP 方法而定，Windows 會顯示 691 或 812。

# of title 32ad48, cause 4fb325
rule-radius-secret-differs =
    .title = NPS 與閘道的共用密碼不同
    .cause = NPS 因簽章錯誤而捨棄要求（事件 14 與 18）：閘道上的共用密碼與 NPS 上的不同。事件中的用戶端：{ $nps-client_errors-strings }。

# of title 7f7f3a, cause c64835
rule-radius-client-unknown =
    .title = NPS 沒有將閘道加入為 RADIUS 用戶端
    .cause = NPS 捨棄了要求，因為它不認得傳送者（事件 13）：{ $nps-unknown_clients-client }。閘道會從 { $gateway_subnet-prefixes } 內的位址發出查詢，而這些位址會變動：維護時會變，兩個執行個體的位址也不同。

# of title 618c38, cause a27ed7
rule-radius-without-route =
    .title = 閘道沒有通往 RADIUS 伺服器的路由
    .cause = RADIUS 伺服器 { $radius-servers } 不在閘道的虛擬網路 { $vnet-prefixes } 中，也不在對等互連的網路中，也不在站對站連線的另一端。

# of title 6818bb, cause 55b754
rule-radius-site-down =
    .title = 通往 RADIUS 伺服器所在站台的連線中斷
    .cause = RADIUS 伺服器 { $radius-servers } 位於內部部署，而閘道沒有任何站對站連線處於連線狀態：{ $gateway-sites-name } 的狀態為 { $gateway-sites-state }。

# of title 736d9d, cause 4eeb72
rule-radius-requests-lost =
    .title = 閘道的要求沒有送達 RADIUS 伺服器
    .cause = RADIUS 伺服器 { $radius-servers } 應該連得到，但 NPS 一天之內沒有記錄到來自 { $gateway_subnet-prefixes } 的任何事件，既無核准也無拒絕。可能是防火牆丟棄了 UDP 1812、閘道上的位址不是這台伺服器的位址，或伺服器關閉了稽核。

# of title 65a8a3, step-1 e545c6, step-2 2e5352, step-3 e224ce, step-4 140964, risk 69bae4, verify 24678b, undo be9303
fix-correct-nps-policy =
    .title = 修正 NPS 的網路原則
    .step-1 = 在 NPS 伺服器上開啟 nps.msc >「原則」。原因 49：必須有連線要求原則接下要求；原因 48：必須有網路原則與要求相符。
    .step-2 = 將原則的條件與事件 6273 中的要求比對：使用者的群組、NAS 連接埠類型（Virtual）、用戶端位址、日期與時間。原則由上往下比對，由第一個相符的決定。
    .step-3 = 修改 VPN 的原則，或為 { $gateway_subnet-prefixes } 另建一個原則並排在其他原則之上。不要放寬 Wi-Fi 或其他 VPN 也在使用的原則。
    .step-4 = 再連線一次。NPS 此時必須記錄事件 6272。
    .risk = 凡是查詢這台伺服器的 VPN 與 Wi-Fi，都由 NPS 的原則決定能否進入：放寬某個原則，符合的人就到處都能進入。
    .verify = NPS 為這位使用者記錄了事件 6272。
    .undo = 將原則改回，或刪除新的原則。

# of title 32a69f, step-1 fff015, step-2 2b966f, step-3 cdb91d, risk 0babd8, verify 24678b, undo 127894
fix-permit-dial-in =
    .title = 允許帳戶撥入
    .step-1 = Active Directory 使用者和電腦 > 使用者的內容 >「撥入」：選擇「透過 NPS 網路原則控制存取」。若選「允許存取」，帳戶會略過原則。
    .step-2 = 或者對所有 VPN 使用者：在其網路原則中勾選「略過使用者帳戶撥入內容」。
    .step-3 = 再連線一次。網域控制站之間可能需要幾分鐘才會同步。
    .risk = 只要符合原則，這個帳戶就能使用每一個 VPN。
    .verify = NPS 為這位使用者記錄了事件 6272。
    .undo = 重新選擇「拒絕存取」，或在原則中取消勾選「略過使用者帳戶撥入內容」。

# of title 7e0122, step-1 739839, step-2 0e5c26, step-3 05f91b, step-4 376425, risk d34911, verify 24678b, undo f63ce2
fix-enable-nps-method =
    .title = 在 NPS 啟用連線的驗證方法
    .step-1 = 查看連線如何驗證：ncpa.cpl > { $profile } 的內容 >「安全性」。
    .step-2 = nps.msc >「原則」>「網路原則」> VPN 的原則 >「限制」>「驗證方法」：加入相同的方法。使用 EAP-MSCHAPv2 與 PEAP 時，伺服器還需要一張有效的憑證。
    .step-3 = 或將連線改為原則所採用的方法；若閘道是照此設定的，新的用戶端套件可一次套用到所有用戶端。
    .step-4 = 不要加入 PAP、CHAP 或未經驗證的存取。然後再連線一次。
    .risk = 之後這個原則所涵蓋的每一個 VPN 都接受新加入的方法。
    .verify = NPS 為這位使用者記錄了事件 6272。
    .undo = 從原則中移除這個方法。

# of title 968e36, step-1 442fa8, step-2 17ad63, step-3 56d742, step-4 79c7c6, verify 24678b, undo 353244
fix-complete-second-factor =
    .title = 完成第二項驗證
    .step-1 = 請使用者把手機放在手邊再連線一次，並立即確認。沒有人確認的要求會被捨棄。
    .step-2 = 使用者的預設方式必須是通知或來電：VPN 視窗沒有輸入驗證碼的欄位。
    .step-3 = 若手機沒有收到要求，請在 NPS 伺服器上查看「應用程式及服務記錄檔」> Microsoft > AzureMfa 下的 AuthZOptCh 與 AuthZAdminCh 記錄，並確認它連得到 https://login.microsoftonline.com 與 https://adnotifications.windowsazure.com。
    .step-4 = 若仍在使用 MFA Server 而非擴充功能：MFA Server 已經淘汰，請改用 NPS 擴充功能。
    .verify = NPS 為這位使用者記錄了事件 6272。
    .undo = 不需要復原。

# of title 19974d, step-1 052058, step-2 5ab436, step-3 222501, step-4 5ae955, risk a5fcbc, risk-2 07b7a1, verify 24678b, undo bc5248
fix-let-nps-check-revocation =
    .title = 讓 NPS 能檢查撤銷狀態
    .step-1 = 將使用者的憑證存到 NPS 伺服器上的 C:\Temp\user.cer，並在該伺服器上執行：`certutil -verify -urlfetch C:\Temp\user.cer` 它會列出憑證所載的清單位址，以及哪些位址有回應。
    .step-2 = 若列有位址：讓 NPS 伺服器連得到它們，清單已過期時則重新發佈。其他都不要變更。
    .step-3 = 若沒有列出任何位址（例如 Entra 條件式存取的一小時憑證），在 NPS 伺服器上以系統管理員身分執行：`reg add HKLM\SYSTEM\CurrentControlSet\Services\RasMan\PPP\EAP\13 /v IgnoreNoRevocationCheck /t REG_DWORD /d 1` 再重新啟動 NPS 伺服器。這個值只影響沒有清單的憑證。
    .step-4 = 絕對不要設定 NoRevocationCheck：那樣 NPS 會接受已撤銷的憑證。
    .risk = 設定 IgnoreNoRevocationCheck 之後，NPS 會接受沒有列出清單的憑證，而這種憑證無法撤銷。
    .risk-2 = NPS 伺服器重新啟動期間，沒有人能透過它登入。
    .verify = NPS 為這位使用者記錄了事件 6272。
    .undo = 在 NPS 伺服器上以系統管理員身分執行：`reg delete HKLM\SYSTEM\CurrentControlSet\Services\RasMan\PPP\EAP\13 /v IgnoreNoRevocationCheck` 再重新啟動該伺服器。

# of title 236115, step-1 718f11, step-2 506214, step-3 9231f7, verify 24678b, undo 353244
fix-correct-credentials =
    .title = 修正帳戶或其認證
    .step-1 = 將事件 6273 中的名稱與帳戶比對：拼字、網域、UPN。請使用者重新輸入名稱與密碼；儲存的認證可能是舊的。
    .step-2 = 若部分使用者失敗、其他人可以連線：查看 NPS 所查詢的網域控制站是否有這個帳戶，以及目錄同步是否正常。
    .step-3 = 若網域控制站更新後所有使用者都失敗：憑證可能必須更嚴格地對應到帳戶。網域控制站上 Kerberos-Key-Distribution-Center 的事件 39 會說明。
    .verify = NPS 為這位使用者記錄了事件 6272。
    .undo = 不需要復原。

# of title 087622, step-1 6a4c41, step-2 270f3a, step-3 2e7ed6, risk 07ad61, verify b7f166, undo f44840
fix-align-radius-secret =
    .title = 兩端設定相同的共用密碼
    .step-1 = nps.msc >「RADIUS 用戶端和伺服器」>「RADIUS 用戶端」> { $gateway_subnet-prefixes } 的項目：輸入新的共用密碼，只用英文字母與數字，並保留到下一個步驟。
    .step-2 = 閘道的點對站設定：在 RADIUS 伺服器 { $radius-servers } 輸入相同的共用密碼並儲存。入口網站不會顯示目前的共用密碼。
    .step-3 = 等到閘道的狀態為 Succeeded，再連線一次。
    .risk = 閘道變更需要幾分鐘；現有的工作階段可能中斷，且兩端不同時沒有人能連線。
    .verify = NPS 為這位使用者記錄了事件 6272，而且沒有新的事件 14 或 18。
    .undo = 無法復原：兩端原本的共用密碼就不同。請在兩端都保留新的共用密碼。

# of title 7e9b31, step-1 89ba0b, step-2 dbe69e, step-3 178127, step-4 b6f396, step-5 26da8b, risk 91eb32, risk-2 bbba8f, risk-3 280cab, verify d16146, undo 7a322d
fix-register-gateway-at-nps =
    .title = 將整個 GatewaySubnet 加入為 NPS 的 RADIUS 用戶端
    .step-1 = nps.msc >「RADIUS 用戶端和伺服器」>「RADIUS 用戶端」。如果已有 { $gateway_subnet-prefixes } 內單一位址的項目，記下該位址，再把位址改成整個範圍。不要更動共用密碼：閘道用的就是它。
    .step-2 = 如果沒有這樣的項目：選「新增」，位址填整個範圍 { $gateway_subnet-prefixes }，不要只填閘道的單一位址；共用密碼填閘道所用的那一個。入口網站不會顯示；請在入口網站的 Cloud Shell（PowerShell）執行（GATEWAY 換成閘道名稱，GROUP 換成其資源群組）：`Get-AzAllVirtualNetworkGatewayRadiusServerSecret -Name GATEWAY -ResourceGroupName GROUP`
    .step-3 = 只有在沒有人可以讀取共用密碼時：另選一個新的，在這裡以及閘道「點對站設定」頁面的 RADIUS 伺服器 { $radius-servers } 輸入並儲存，等到閘道的狀態為 Succeeded。
    .step-4 = 這個範圍內若還有其他單一位址的項目，取消勾選「啟用此 RADIUS 用戶端」，不要刪除。然後重新啟動服務：`net stop ias` 再執行：`net start ias`
    .step-5 = 再連線一次。
    .risk = 服務重新啟動期間，使用這台伺服器的其他 VPN 與 Wi-Fi 有幾秒得不到回應。
    .risk-2 = 只有更換共用密碼時才會發生：閘道變更需要幾分鐘；現有的工作階段可能中斷，且兩端不同時沒有人能連線。
    .risk-3 = GatewaySubnet 的每個位址都可以查詢這台伺服器。
    .verify = NPS 為這位使用者記錄了事件 6272，而且沒有來自 { $gateway_subnet-prefixes } 的新事件 13。
    .undo = 把項目的位址改回原來的，或刪除新增的項目；其他項目重新勾選「啟用此 RADIUS 用戶端」，再重新啟動服務。更換過的共用密碼則在兩端維持新的。

# of title 3d2a2a, step-1 d3922d, step-2 6c6d64, step-3 b73ff3, step-4 66916d, step-5 26da8b, risk f9fff7, undo 23415d
fix-connect-radius-site =
    .title = 讓閘道連得到 RADIUS 伺服器
    .step-1 = 若位址 { $radius-servers } 打錯了，請在閘道的點對站頁面更正並儲存。不需要其他步驟。
    .step-2 = 若伺服器在內部部署，請為這個閘道建立站對站連線，其區域網路閘道的位址首碼要包含伺服器所在的網路。內部部署端也必須有回到 { $gateway_subnet-prefixes } 的路徑。
    .step-3 = 若伺服器在另一個虛擬網路，請將該網路與閘道的網路對等互連，並在這一端啟用閘道傳輸。
    .step-4 = 或者在閘道的虛擬網路中架設一台 NPS 伺服器，並設定到閘道上。
    .step-5 = 再連線一次。
    .risk = 需要變更閘道時：現有的工作階段可能中斷幾分鐘。
    .undo = 刪除連線或對等互連，或改回原本的伺服器。

# of title 0984fb, step-1 94c64a, step-2 aab402, undo 353244
fix-restore-radius-site =
    .title = 恢復通往站台的連線
    .step-1 = 在入口網站查看連線 { $gateway-sites-name }，並查看內部部署的 VPN 裝置：共用金鑰、兩端的公用位址、最近幾天的變更。
    .step-2 = 狀態變成 Connected 之後再連線一次。
    .undo = 不需要復原。

# of title 3af8ad, step-1 2b47d9, step-2 e02d3d, step-3 c88464, step-4 5b22e7, risk 5c0f3a, verify 89fc85, undo 0e7e1f
fix-let-radius-through =
    .title = 放行 RADIUS
    .step-1 = 確認 { $radius-servers } 就是所讀記錄的那台伺服器，其上的服務 IAS 正在執行，而且會記錄拒絕事件：在 auditpol /get /category:* 的輸出中，「網路原則伺服器」（Network Policy Server）必須為成功與失敗。若不是，請先開啟稽核、連線一次並重新讀取記錄，再做其他事。
    .step-2 = 允許從 { $gateway_subnet-prefixes } 到 { $radius-servers } 的 UDP 1812 與 1813：在伺服器的防火牆、其網路安全性群組，以及內部部署途中的每一道防火牆。
    .step-3 = 若在內部部署，確認回到 { $gateway_subnet-prefixes } 的路徑會進入站對站連線。
    .step-4 = 同時在兩端擷取封包並再連線一次：閘道上一份，伺服器上一份。送出而未送達的就是在途中遺失。
    .risk = 只有 GatewaySubnet 能查詢 RADIUS，其他人都不能。
    .verify = NPS 記錄了來自 { $gateway_subnet-prefixes } 的要求：允許或拒絕皆可。
    .undo = 刪除防火牆的規則。

# of title f771a3
symptom-root-cert-download-405 =
    .title = 無法下載根憑證，錯誤 405

# of title 97ba98, cause c6d3d2
rule-gateway-offers-no-root =
    .title = 閘道不提供根憑證下載
    .cause = 405 是網頁伺服器的回應，表示該網址不接受這種要求：不論這台電腦有哪些憑證，那個網址都拿不到閘道的根憑證。閘道憑證的根憑證是隨用戶端套件提供的。

# of title 1210e2, cause 0510f9
rule-root-trusted-already =
    .title = 根憑證已受信任
    .cause = 這台電腦已經信任閘道憑證的根憑證 { $server-certificate-root_thumbprint }。使用 VPN 不需要下載或安裝任何根憑證。

# of title aaa207, cause 18b392
rule-root-waits-in-package =
    .title = 根憑證在套件中，但尚未受信任
    .cause = 這台電腦尚未信任閘道憑證的根憑證 { $server-certificate-root_thumbprint }。不需要另外下載：{ $package-generated_at } 產生的套件中就有。

# of title 25017c, step-1 af5375, step-2 8db533, step-3 c87809, verify 9230dc, undo a52df3
fix-take-root-from-package =
    .title = 確實需要根憑證時，從套件取得
    .step-1 = 先連線看看。只有連線因 0x800B0109 失敗時，才需要安裝根憑證：公開憑證授權單位的根憑證，Windows 大多已經有了；沒有出現這個錯誤碼，就不必再做什麼。
    .step-2 = 若確實需要：到虛擬網路閘道 >「點對站設定」>「下載 VPN 用戶端」，然後解壓縮 zip。根憑證在其中的 Generic 資料夾，檔名以 VpnServerRoot.cer 開頭。如何核對並安裝，請以錯誤 0x800B0109 再診斷一次（--symptom 0x800B0109），其修復步驟會說明。
    .step-3 = 如果要的是用戶端憑證的根憑證：那是由貴公司自己的憑證授權單位產生，再上傳到閘道的，請向管理該單位的人索取。閘道的「點對站設定」頁面會顯示它的公開資料，但絕不會有私密金鑰。
    .verify = VPN 已連線，或者連線時出現的錯誤碼不是 0x800B0109。
    .undo = 刪除解壓縮的資料夾。

# of title 25795c, step-1 2f3305, step-2 fe2a17, undo 948915
fix-dial-as-it-is =
    .title = 不需其他根憑證，直接連線
    .step-1 = 根憑證保持不變；若尚未安裝用戶端套件就先安裝，然後連線到 { $ras-entry-name }。
    .step-2 = 若連線失敗，請依當時顯示的錯誤碼處理，不必理會 405。
    .undo = 中斷連線。

# of title 492374, text 8fe13b
symptom-tunnels-failed-800 =
    .title = 所有通道類型都失敗
    .text = Windows 試過這個連線的每一種通道類型，但不顯示各自的錯誤碼。

# of title 3f871b, text 1363aa
fact-sstp-proxy_refusals =
    .title = Web Proxy 因要求登入而拒絕的 SSTP 連線
    .text = RasSstp 的事件 23。

# of title 1e138c, question 2f4652
fact-network-other_device_connects =
    .title = 同一網路中的另一台裝置可以連線
    .question = 同一網路（同一個 Wi-Fi 或同一間辦公室）中的另一台裝置，現在能用這個 VPN 連線嗎？

# of title 912df1
let-miniport-unfit =
    .title = 連線需要的 WAN Miniport 不存在、已停用或故障

# of title c38f1b, cause 7760cf
rule-all-tunnels-blocked =
    .title = TCP 443 和 IKE 都不通
    .cause = 從這台電腦到 { $ras-entry-server }，SSTP（TCP 443：{ $probe-tcp443 }）和 IKEv2（UDP 500：{ $probe-udp500 }，UDP 4500：{ $probe-udp4500 }）都不通。可能是防火牆、尚未登入的訪客網路，或這台電腦上的篩選器擋住了。

# of title d775f3, cause 9fab70
rule-ike-blocked-no-sstp =
    .title = IKE 遭封鎖，閘道又不提供 SSTP
    .cause = IKEv2 無法到達 { $ras-entry-server }（UDP 500：{ $probe-udp500 }，UDP 4500：{ $probe-udp4500 }），而且 Windows 沒有 SSTP 可改用：閘道提供的是 { $gateway-p2s-protocols }。若只用 IKEv2 連線，會顯示錯誤 809。

# of title a3f377, cause 1ff67a
rule-sstp-blocked-no-ikev2 =
    .title = TCP 443 遭封鎖，閘道又不提供 IKEv2
    .cause = { $ras-entry-server } 的 TCP 443 狀態為 { $probe-tcp443 }。UDP 可以通過，但閘道提供的是 { $gateway-p2s-protocols }，沒有 IKEv2。

# of title cc4a47, cause 27b901
rule-gateway-without-native-tunnel =
    .title = 閘道既不提供 SSTP，也不提供 IKEv2
    .cause = 閘道只提供 { $gateway-p2s-protocols }。{ $ras-entry-name } 是 Windows 內建的連線，只能使用 SSTP 和 IKEv2：它是在通道類型變更之前建立的。

# of title 4d3f46, cause a968dc
rule-proxy-refuses-sstp =
    .title = Web Proxy 要求 SSTP 登入
    .cause = Web Proxy（電腦：{ $proxy-machine }，使用者：{ $proxy-user }，指令碼：{ $proxy-user_script }）要求登入，而 SSTP 做不到：RasSstp 的事件 23。

# of title 47cfe8, cause df6226
rule-miniport-unfit =
    .title = WAN Miniport 不存在、已停用或故障
    .cause = Windows 透過 WAN Miniport 建立 VPN 連線，而其中有一個不存在、已停用或故障。找到的項目，IP：{ $miniport-ip-device }；IKEv2：{ $miniport-ikev2-device }；SSTP：{ $miniport-sstp-device }。

# of title f7147b, cause 15e861
rule-ras-services-disabled =
    .title = RAS 的服務無法啟動
    .cause = 負責建立連線的服務無法啟動。RasMan：{ $service-rasman-start }，SstpSvc：{ $service-sstpsvc-start }。

# of title a8020b, cause 8da5a5
rule-machine-blocks-tunnels =
    .title = 這台電腦上的篩選器或驅動程式擋住所有通道
    .cause = 同一網路中的另一台裝置可以連線，所以網路放行了通道，擋住的是這台電腦：安全性產品或另一個 VPN 的篩選器，或如 Microsoft 文件所說，網路卡的驅動程式過舊（{ $net-local_adapters-name }：{ $net-local_adapters-driver_version }，日期 { $net-local_adapters-driver_date }）。

# of title fff622, cause a637ef
rule-tunnel-code-hidden =
    .title = 不知道個別通道的錯誤碼
    .cause = 800 只表示 { $ras-entry-name } 的所有通道類型都失敗。每一種失敗都有自己的錯誤碼，但 Windows 沒有顯示；已查看的項目都不能解釋這個錯誤。

# of title fc2b49, step-1 eecc71, step-2 e66bdf, step-3 2f19dd, risk 784ffc, undo 7cdfc3
fix-open-tunnel-ports =
    .title = 讓通道能從這個網路連出去
    .step-1 = 在訪客網路中，用瀏覽器開啟任一網頁並登入，再重新連線。
    .step-2 = 在防火牆上允許輸出到 { $ras-entry-server } 的 TCP 443、UDP 500 和 UDP 4500。SSTP 與 IKEv2 只要有一種能通即可，前提是閘道提供：{ $gateway-p2s-protocols }。
    .step-3 = 檢查這台電腦：安全性產品或 Windows 防火牆的規則是否封鎖輸出連線？然後重新連線。
    .risk = 這個網路中的電腦可以建立通往閘道的通道，繞過檢查。
    .undo = 刪除防火牆規則。

# of title 94c707, step-1 404f2a, undo a433c9
fix-dial-from-other-network-once =
    .title = 從別的網路連線一次
    .step-1 = 讓這台電腦連到別的網路，例如手機熱點，再連線。若成功，就是原來的網路封鎖了通道。
    .undo = 讓電腦連回原來的網路。

# of title 6bd53e, step-1 ddce9b, step-2 26da8b, risk 553847, verify 3e263c, undo f563ff
fix-exempt-from-proxy =
    .title = 讓 SSTP 不必登入 Proxy
    .step-1 = 在 Proxy 上，讓連到 { $ras-entry-server } 連接埠 443 的流量不必登入。若防火牆允許 TCP 443 直接輸出，也可以改為在 Proxy 設定中排除這個名稱：「設定」>「網路和網際網路」>「Proxy」的例外清單，以及下列命令顯示的設定：`netsh winhttp show proxy`
    .step-2 = 重新連線。
    .risk = 這個網路中的任何人都能不經登入、透過 Proxy 連到閘道。
    .verify = VPN 已連線，而且「系統」記錄檔中沒有新的 RasSstp 事件 23。
    .undo = 移除這項例外。

# of title 2e86c0, step-1 184de6, step-2 f6447a, step-3 0753dc, risk bb888f, undo 04275e
fix-reinstall-miniports =
    .title = 重新安裝 WAN Miniport
    .step-1 = 裝置管理員 >「檢視」>「顯示隱藏裝置」>「網路介面卡」。啟用所有已停用的 WAN Miniport；若問題僅此而已，重新連線即可。
    .step-2 = 否則，在 WAN Miniport (IP)、(IKEv2) 和 (SSTP) 上逐一按右鍵解除安裝，再選「動作」>「掃描硬體變更」，或以系統管理員身分執行：`pnputil /scan-devices` Windows 會重新安裝它們。
    .step-3 = 重新啟動電腦後再連線。若它們沒有再出現，執行：`DISM /Online /Cleanup-Image /RestoreHealth` 再執行：`sfc /scannow`
    .risk = WAN Miniport 恢復之前，這台電腦的所有 VPN 與撥號連線都無法使用。
    .undo = 「動作」>「掃描硬體變更」會找回已解除安裝的項目。

# of title 41f7c1, step-1 cfd16b, step-2 1ec412, step-3 c39503, undo 08df43
fix-enable-ras-services =
    .title = 啟用 RAS 的服務
    .step-1 = 以系統管理員身分執行：`sc.exe config RasMan start= demand` 再執行：`sc.exe config SstpSvc start= demand`
    .step-2 = 接著執行：`net start RasMan` 若 Windows 表示服務不存在，請修復 Windows：`DISM /Online /Cleanup-Image /RestoreHealth` 再執行：`sfc /scannow` 然後重新啟動電腦。
    .step-3 = 若是原則或安全性產品停用了服務，也要一併更改。然後重新連線。
    .undo = 用 sc.exe config 設回先前的啟動類型：RasMan { $service-rasman-start }、SstpSvc { $service-sstpsvc-start }。

# of title b11e34, step-1 4a59ba, step-2 13d777, step-3 f7d8f0, risk 706489, undo 7c983d
fix-switch-off-local-filters =
    .title = 停用這台電腦上的篩選器
    .step-1 = 在 PowerShell 列出繫結在網路卡上的項目：`Get-NetAdapterBinding` 除了 Microsoft 的項目，還會列出其他 VPN 和安全性產品的篩選器。
    .step-2 = 用安全性產品本身的功能暫停它，連線一次。若成功，請將 { $ras-entry-server } 設為例外，並重新啟用該產品。
    .step-3 = 解除安裝不再使用的 VPN 程式，重新啟動後再連線。
    .risk = 安全性產品暫停期間，電腦沒有防護。
    .undo = 重新啟用安全性產品；重新安裝移除的程式。

# of title df18cf, step-1 cb109f, step-2 d8567e, risk 9a5fbd, undo 4b93a2
fix-update-network-driver =
    .title = 更新網路卡的驅動程式
    .step-1 = 向電腦製造商取得最新的驅動程式，並備妥目前版本的安裝程式。
    .step-2 = 請在現場安裝，不要透過遠端工作階段：安裝期間網路會中斷。重新啟動後再連線。
    .risk = 新的驅動程式若無法運作，電腦就沒有網路。
    .undo = 裝置管理員 > 網路卡 >「內容」>「驅動程式」>「回復驅動程式」。

# of title c306ad, step-1 7e83f5, step-2 646cfc, step-3 95b7fe, step-4 89d04a, verify fb662d, undo b424b4
fix-dial-each-tunnel-alone =
    .title = 每種通道類型各別連線一次
    .step-1 = 在 PowerShell 建立測試用的連線，使用者自己的連線保持不變：`Add-VpnConnection -Name 'Test IKEv2' -ServerAddress { $ras-entry-server } -TunnelType Ikev2 -AuthenticationMethod Eap`
    .step-2 = 再以 -Name 'Test SSTP' 和 -TunnelType Sstp 建立一個。用任意的使用者名稱分別連線，記下各自的錯誤碼。
    .step-3 = 691、812 或 13801 表示這種通道可以通過：閘道只是拒絕了測試使用者。若是其他錯誤碼，例如 809、0x800B0109 或 0x80092013，就改查那個錯誤碼，不必再看 800。
    .step-4 = 移除測試用的連線：`Remove-VpnConnection -Name 'Test IKEv2'` 以及：`Remove-VpnConnection -Name 'Test SSTP'`
    .verify = 每種通道類型都顯示了自己的錯誤碼。
    .undo = 不需要復原：最後一個步驟已刪除測試用的連線。

# of title f1f8bb
symptom-platform-did-not-trigger-1460 =
    .title = Windows 沒有啟動 Azure VPN Client 的連線

# of title e892cc, cause 4214cd
rule-background-denied-by-policy =
    .title = 原則不允許 Azure VPN Client 在背景執行
    .cause = 這台電腦的原則禁止 Azure VPN Client 在背景執行，而 Windows 正是在背景啟動它的連線。使用者無法自行變更。

# of title 7adea1, cause 4bf5ef
rule-background-switched-off =
    .title = Azure VPN Client 未獲准在背景執行
    .cause = 所有應用程式的背景活動，或 Azure VPN Client 的背景活動，已經關閉。Windows 要在背景啟動它的連線，卻一直等不到回應。

# of title 1ce557, cause b52ac3
rule-azure-vpn-client-not-registered =
    .title = Azure VPN Client 未針對這位使用者註冊
    .cause = 這位使用者的應用程式中沒有 Azure VPN Client，因此 Windows 找不到可以啟動連線的程式。

# of title 3cff11, step-1 86e58b, step-2 83a8fa, step-3 efb672, undo 3d73e8
fix-allow-background-by-policy =
    .title = 以原則允許背景活動
    .step-1 = 找出這項原則：「電腦設定」>「系統管理範本」>「Windows 元件」>「應用程式隱私權」>「讓 Windows 應用程式在背景執行」。在 Intune 中名為 LetAppsRunInBackground。
    .step-2 = 將 Microsoft.AzureVpn_8wekyb3d8bbwe 加入一律允許的應用程式，並從一律拒絕的應用程式中移除。其他應用程式的原則可以維持不變。
    .step-3 = 讓 Intune 同步；若是群組原則，則執行：`gpupdate /force` 重新啟動 Azure VPN Client，然後重新連線。
    .undo = 將這個應用程式從清單中移除。

# of title 0f6e79, step-1 53c948, step-2 731dbc, step-3 3625fc, step-4 5f17bd, step-5 736a60, undo e21cdf
fix-allow-background =
    .title = 允許背景活動
    .step-1 = 「設定」>「隱私權」>「背景應用程式」：開啟「讓應用程式在背景執行」，再開啟下方清單中的「Azure VPN Client」。
    .step-2 = 「設定」>「應用程式」>「已安裝的應用程式」>「Azure VPN Client」>「...」>「進階選項」：將「背景應用程式權限」設為「電源最佳化」或「一律」。
    .step-3 = 如果所有應用程式的總開關仍是關閉的：`reg add HKCU\Software\Microsoft\Windows\CurrentVersion\BackgroundAccessApplications /v GlobalUserDisabled /t REG_DWORD /d 0 /f`
    .step-4 = 關閉 Azure VPN Client，重新開啟後再連線。
    .step-5 = 如果仍然失敗：在用戶端中選取該連線，再選擇「必要條件」（Prerequisites）>「Run Prerequisites Test」，它會列出還缺少什麼。
    .undo = 在同一個地方重新關閉。

# of title 2a2387, step-1 fafe05, step-2 febcb6, step-3 884930, undo 9983cd
fix-install-azure-vpn-client =
    .title = 為使用者安裝 Azure VPN Client
    .step-1 = 以要連線的使用者登入 Windows，從 Microsoft Store 安裝「Azure VPN Client」。
    .step-2 = 在用戶端中選擇「+」>「匯入」，選取用戶端套件中的 AzureVPN\azurevpnconfig.xml。
    .step-3 = 從用戶端連線。
    .undo = 在「設定」>「應用程式」移除這個應用程式。

# of title 331f7d, text 7ba547, question e03e2e
symptom-package-installer-does-not-complete =
    .title = 用戶端套件的安裝程式沒有完成
    .text = 安裝程式沒有任何訊息就結束，也沒有出現連線。
    .question = VPN 用戶端套件的安裝程式是否沒有任何訊息就結束，也沒有出現連線？

# of title 2266ea, text af1378, question 5d88ed
symptom-client-sleeps-or-hibernates =
    .title = 電腦睡眠之後，連線就斷了
    .text = 連線是因睡眠或休眠而中斷的。
    .question = 電腦閒置一段時間之後，VPN 連線是否就斷了？

# of title 2070fe, cause 51ad5c
rule-machine-slept =
    .title = 電腦進入睡眠
    .cause = { $profile } 中斷前一分鐘內，電腦進入了睡眠。Windows 會因此中斷 VPN，而且不會自動重新連線。

# of title b019a4, step-1 4c4c3f, step-2 900fea, step-3 b03887, step-4 12d446, risk 694174, verify c8922d, undo 3558c5
fix-keep-awake =
    .title = 不讓電腦睡眠
    .step-1 = 「設定」>「系統」>「電源與電池」（桌上型電腦為「電源」，Windows 10 為「電源與睡眠」）：將接上電源時的睡眠設為「永不」（目前：{ $power-standby_timeout_ac }後）。
    .step-2 = 如果使用者會用電池工作，請在同一處把使用電池時的睡眠時間設為工作所需的長度（目前：{ $power-standby_timeout_dc }後）。
    .step-3 = 如果電腦在蓋上螢幕時會進入睡眠：「控制台」>「電源選項」>「選擇蓋上螢幕時的行為」。
    .step-4 = 如果電腦仍會睡眠，喚醒後請重新連線：連線不會自動恢復。
    .risk = 沒有人鎖定的螢幕會開著更久；螢幕鎖定請與睡眠分開設定。電腦也會較耗電。
    .verify = 電腦閒置的時間超過以往進入睡眠的時間之後，{ $profile } 仍保持連線。
    .undo = 改回原來的時間。

# of title 8f3bef, text 12c69f
symptom-entra-authentication-expired =
    .title = Entra 登入已過期
    .text = Azure VPN Client 沒有閘道接受的權杖。

# of title 1d5423, text 9ee023
let-entra-frequency_policies =
    .title = 適用於 VPN 且設有登入頻率的原則
    .text = 不含只針對有風險的使用者或登入的原則，也不含僅限報告的原則。

# of title 585c1e
let-entra-short_policies =
    .title = 適用於 VPN、每次或兩小時內就要求重新登入的原則

# of title 9dfa89
let-entra-long_policies =
    .title = 適用於 VPN、兩次登入之間超過兩小時的原則

# of title 16c313
let-entra-refused_by_frequency =
    .title = Entra 因超過登入頻率而拒絕

# of title f729b3, cause 13cb53
rule-sign-in-frequency-too-short =
    .title = 登入頻率的間隔對 VPN 而言太短
    .cause = 條件式存取要求每次或最多兩小時就重新登入（原則：{ $entra-short_policies-name }）。用戶端在連線期間大約每小時更新一次權杖；超過這段時間後的第一次更新就會失敗，若設為「每次」，則每次更新都會失敗。

# of title 2c62c6, cause 4361e9
rule-sign-in-frequency-passed =
    .title = 已超過登入頻率
    .cause = 條件式存取允許的兩次登入間隔已過，因此 Entra 沒有更新權杖（適用於 VPN 的原則：{ $entra-frequency_policies-name }）。如果這個間隔是一個工作天或更長，這就是預期的結果，不是故障。

# of title 0be9a3, cause 60f75f
rule-sign-in-unused =
    .title = 登入狀態太久沒有使用
    .cause = 重新整理權杖閒置太久，已超過 Entra 保留的期限；若原則未另行縮短，期限是 90 天。這是正常的設計，不是故障。

# of title 20c789, cause 4ad367
rule-sign-in-revoked =
    .title = 工作階段遭撤銷，或密碼已變更
    .cause = 使用者在某個時間點之前取得的權杖全部失效：可能是密碼已變更或過期，也可能是系統管理員或使用者本人撤銷了工作階段。

# of title b4f3a1, cause 83e886
rule-sign-in-account-gone =
    .title = 帳戶已停用，或已不在租用戶中
    .cause = 帳戶 { $sign_in_name } 已停用，或不在閘道所用的租用戶 { $gateway-p2s-aad_tenant } 中。以這個帳戶再登入一次也不會成功。

# of title f5eb52, cause 6a2fc2
rule-sign-in-device-not-compliant =
    .title = 裝置不符合原則
    .cause = 條件式存取只允許受管理且符合規範的裝置使用 VPN，而這台裝置不符合，或已不再符合。

# of title 814272, cause d5df78
rule-sign-in-needs-multifactor =
    .title = 需要進行多重要素驗證
    .cause = Entra 現在要求多重要素驗證：可能是先前的驗證已過期、原則開始要求，或使用者換了網路。這種情況下權杖無法在背景更新。

# of title 39ebf0, cause 0692c4
rule-sign-in-blocked =
    .title = 條件式存取封鎖了登入
    .cause = 某個條件式存取原則不允許這位使用者使用 VPN，或不允許從這個地點、以這個應用程式使用。再登入一次結果也一樣。

# of title 1372a2, cause 702e4a
rule-sign-in-refused-otherwise =
    .title = Entra 因其他原因拒絕
    .cause = 使用者最近一次登入 VPN 失敗的錯誤碼是 AADSTS{ $entra-error }，不屬於登入過期常見的錯誤碼。

# of title 7a5613, step-1 de358a, step-2 8d809f, step-3 22d678, verify fcfdaa, undo 5f5725
fix-look-up-sign-in-error =
    .title = 查詢登入失敗的錯誤碼
    .step-1 = 開啟 https://login.microsoftonline.com/error?code={ $entra-error }：網頁會說明這個錯誤碼的意義，通常也會說明處理方式。
    .step-2 = Microsoft Entra 系統管理中心 >「Entra ID」>「監視和健康情況」>「登入記錄」：開啟失敗的登入。「基本資訊」會列出失敗原因與其他詳細資料；「條件式存取」會顯示是否與某個原則有關。
    .step-3 = 將錯誤碼、時間、相互關聯識別碼和要求識別碼提供給 Entra 的管理員。
    .verify = 登入記錄中有這位使用者登入 VPN 的記錄，狀態為成功。
    .undo = 不需要復原：沒有任何變更。

# of title 055c65, step-1 fe4d74, step-2 d71c56, step-3 42cebc, verify 403dc3, undo d8d88e
fix-sign-in-again =
    .title = 重新登入
    .step-1 = 重新登入可以立刻恢復連線。但還要請管理員延長 { $entra-short_policies-name } 的登入頻率，否則一小時後、最多幾小時內又會斷線。
    .step-2 = 在 Azure VPN Client 中選擇「連線」，完成畫面上的登入程序，包括多重要素驗證。
    .step-3 = 如果沒有出現登入畫面又再次失敗：在該連線的設定中選擇「清除已儲存的帳戶」（Clear Saved Account），然後再次連線。
    .verify = 用戶端顯示「已連線」。
    .undo = 不需要復原：沒有變更任何設定值。

# of title 9fe4e5, step-1 7a1b02, step-2 284c98, step-3 156a5b, step-4 d7fbe0, risk 51d931, verify-2 b5ac61, undo 5a5727
fix-lengthen-sign-in-frequency =
    .title = 延長登入頻率的間隔
    .step-1 = Microsoft Entra 系統管理中心 >「Entra ID」>「監視和健康情況」>「登入記錄」：開啟失敗的登入，在「條件式存取」下查看套用的是哪一個設有登入頻率的原則。變更前請先與原則的負責人取得共識。
    .step-2 = 「Entra ID」>「條件式存取」>「原則」> 該原則 >「工作階段」>「登入頻率」：設為超過兩小時；對 VPN 來說，以一個工作天為宜。切勿選「每次」。
    .step-3 = 如果其他應用程式需要較短的間隔，請保留該原則，只把 VPN 的應用程式（識別碼 { $gateway-p2s-aad_audience }）從中排除，並為 VPN 另建一個原則。
    .step-4 = 如果當初設得短是為了讓每次連線都要登入：請改為在用戶端設定檔中將 cachesigninuser 設為 false。登入頻率設得短只會讓連線中斷，並不會讓每次連線都要求登入。
    .risk = 取得已登入裝置的人，在該原則適用的所有應用程式中都能維持登入更久。
    .verify-2 = 重新登入後，用戶端兩小時後仍在連線中：表示期間權杖已順利更新。
    .undo = 將登入頻率改回原來的值。

# of title cc3ead, step-1 539d14, step-2 f23d61, step-3 26da8b, risk b944b0, verify fcfdaa, undo 12cd2a
fix-restore-account =
    .title = 讓帳戶能再次登入
    .step-1 = 向帳戶管理人員確認這位使用者是否仍應有存取權。如果不應有，請從裝置移除 VPN，到此為止。
    .step-2 = Microsoft Entra 系統管理中心 >「使用者」：啟用帳戶、從「已刪除的使用者」還原，或重新邀請來賓。
    .step-3 = 重新連線。
    .risk = 這個帳戶在所有應用程式中都會恢復使用，不只是 VPN。
    .verify = 登入記錄中有這位使用者登入 VPN 的記錄，狀態為成功。
    .undo = 再次停用帳戶。

# of title 86b090, step-1 cef30e, step-2 83b701, step-3 964b79, verify 048c86, undo c05733
fix-make-device-compliant =
    .title = 讓裝置符合規範
    .step-1 = 「設定」>「帳戶」>「存取公司或學校資源」> 該帳戶 >「資訊」>「同步」。在「公司入口網站」應用程式中，「檢查存取權」會列出缺少的項目。
    .step-2 = 補上缺少的項目，例如更新、磁碟加密，或重新開啟已關閉的防毒軟體。尚未受管理的裝置必須先註冊。
    .step-3 = 等到 Entra 顯示裝置符合規範（Microsoft Entra 系統管理中心 >「裝置」），再重新連線。
    .verify = Microsoft Entra 系統管理中心 >「裝置」顯示這台裝置符合規範。
    .undo = 不需要復原：裝置已符合公司的原則。

# of title ea73df, step-1 19f7fe, step-2 c98a70, step-3 df2b1e, risk bcc8e7, verify fcfdaa, undo 48601f
fix-let-policy-pass-vpn =
    .title = 讓原則放行 VPN
    .step-1 = Microsoft Entra 系統管理中心 >「Entra ID」>「監視和健康情況」>「登入記錄」：開啟失敗的登入。「條件式存取」會列出結果為「失敗」的原則及其原因。
    .step-2 = 如果使用者本來就不該以這種方式、從那個地點或用那台裝置連線，請讓原則維持原狀，並告知使用者。
    .step-3 = 否則調整該原則的適用範圍，而且只針對這位使用者或群組；先用「What If」試算，再重新連線。
    .risk = 為了放行 VPN 而修改原則，可能連原本不打算放行的也一併放行。
    .verify = 登入記錄中有這位使用者登入 VPN 的記錄，狀態為成功。
    .undo = 將原則改回原狀。

# of title e7596f, question 70043c
symptom-entra-no-reauth-prompt =
    .title = Azure VPN Client 不會在每次連線時要求登入
    .question = Azure VPN Client 是否不經登入就重新連線，而它本來應該每次都詢問？

# of title 1eda19
let-azvpn-uses_entra =
    .title = 設定檔以 Entra 登入

# of title 34873b, cause b029a6
rule-sign-in-kept =
    .title = 登入狀態會保留
    .cause = 設定檔會將登入狀態保留在裝置上，這也是預設行為。只要重新整理權杖仍有效（最長 90 天，或到登入頻率所定的時間），用戶端就會直接重新連線而不詢問。

# of title a528eb, cause 7ba66c
rule-client-keeps-sign-in =
    .title = 用戶端版本太舊，不會捨棄登入狀態
    .cause = 設定檔已設定不保留登入狀態，但 Azure VPN Client { $azvpn-app-version } 不認得這項設定；4.0.0.0 版起才支援。

# of title e8b55c, cause 853d07
rule-device-signs-in =
    .title = 由 Windows 代為登入
    .cause = 設定檔讓用戶端沿用使用者的 Windows 登入身分（enabledevicesso）。因此不論用戶端是否保留登入狀態，都不會詢問使用者。

# of title b0e24e, cause 8c7bcc
rule-changed-profile-not-imported =
    .title = 修改後的設定檔尚未匯入
    .cause = 設定檔的檔案已設定不保留登入狀態，但修改之後沒有再匯入。用戶端使用的仍是先前匯入的內容。

# of title b893ae, question e176f6
fact-azvpn-profile_imported =
    .title = 這台用戶端已匯入修改後的設定檔
    .question = 將 azurevpnconfig.xml 中的 cachesigninuser 設為 false 之後，是否曾在這台用戶端重新匯入該檔，或由 Intune 重新派送？

# of title 81c626, step-1 0885fd, step-2 a5c45d, step-3 58d7f4, step-4 52e77f, step-5 d4b796, risk 375d5b, undo 0fdb56, verify-2 f12733
fix-stop-keeping-sign-in =
    .title = 不再保留登入狀態
    .step-1 = 請先更新用戶端：{ $azvpn-app-version } 不認得這項設定。
    .step-2 = 在用戶端套件的 AzureVPN\azurevpnconfig.xml 中，於 <clientauth> 內的 <aad> 之中設定 <cachesigninuser>false</cachesigninuser>。之後重新下載的套件又會是 true，也要一併修改。
    .step-3 = 在每台用戶端上，從 Azure VPN Client 移除該連線，再重新匯入檔案（「+」>「匯入」）。如果設定檔由 Intune 派送，請在其 XML 中做相同的修改。
    .step-4 = 將 { $entra-short_policies-name } 的登入頻率設為超過兩小時：太短會使連線中斷，而且要讓用戶端詢問並不需要靠它。
    .step-5 = 不要改用登入頻率「每次」來達成：它不會讓每次連線都要求登入，反而會讓進行中的連線大約每小時中斷一次。
    .risk = 使用者每次連線都要登入，包括電腦睡眠或更換網路之後。
    .verify-2 = 在已匯入新設定檔的用戶端上連線、中斷，再次連線：第二次也會要求登入。
    .undo = 將 cachesigninuser 設為 true，並重新匯入檔案。

# of title fbf33c, step-1 f8ba6f, step-2 ab53ba, step-3 285052, risk 881d68, undo 297cd7
fix-update-azure-vpn-client =
    .title = 更新 Azure VPN Client
    .step-1 = 中斷 VPN 連線，並關閉 Azure VPN Client。
    .step-2 = 以要連線的使用者身分開啟 Microsoft Store >「媒體櫃」（或「下載」）>「檢查更新」。如果 Store 遭封鎖，請以 Intune 派送新版。
    .step-3 = 用戶端的「說明」會顯示版本。請連線、中斷，再次連線。
    .risk = 更新用戶端期間 VPN 無法使用。
    .undo = 無法復原：Store 只會安裝目前的版本。

# of title 81a9c0, step-1 a2d5d8, step-2 df8044, step-3 97d323, risk cb3481, undo 84700e
fix-stop-device-sign-in =
    .title = 不再沿用 Windows 的登入身分
    .step-1 = 先確認是誰、為了什麼設定了 enabledevicesso：可能已答應其他使用者不必另外登入。
    .step-2 = 在 AzureVPN\azurevpnconfig.xml 中，於 <aad> 之中設定 <enabledevicesso>false</enabledevicesso>。
    .step-3 = 從 Azure VPN Client 移除該連線，再重新匯入檔案（「+」>「匯入」），或修改 Intune 中的 XML。
    .risk = 使用者除了登入 Windows，還要另外登入 VPN。
    .undo = 將 enabledevicesso 設為 true，並重新匯入檔案。

# of title c9ad7c, step-1 9371ee, step-2 f2361d, step-3 95f854, risk 597708, undo b54f6e
fix-import-profile-again =
    .title = 重新匯入設定檔
    .step-1 = 從 Azure VPN Client 移除該連線（「...」>「移除」）。
    .step-2 = 「+」>「匯入」：選擇修改後的 azurevpnconfig.xml，確認連線名稱後儲存。
    .step-3 = 連線、中斷，再次連線：這時用戶端會要求登入。
    .risk = 在檔案匯入之前，這位使用者無法使用 VPN。
    .undo = 重新匯入原來的檔案。

# of title c4dbd5, question b1315b
symptom-private-dns-zone-not-resolved =
    .title = 透過 VPN 無法解析私人 DNS 區域的記錄
    .question = 是否 VPN 已連線，但無法解析 Azure 私人 DNS 區域的名稱？

# of title f28487, text 620042
fact-resolver-network =
    .title = DNS 私人解析器所在的虛擬網路
    .text = 其資源識別碼。

# of title c5a2d1
fact-zone-name =
    .title = 私人 DNS 區域的名稱

# of title b578ae, text ad4d36
let-zone-resolver_links =
    .title = 區域與解析器所在網路的連結
    .text = 仍在建立中的連結不算。

# of title 021386, cause acde8c
rule-azure-dns-out-of-reach =
    .title = VPN 用戶端無法詢問 Azure 的 DNS
    .cause = 虛擬網路使用 Azure 的 DNS（168.63.129.16）。它認得私人區域，但只在 Azure 內部有回應。VPN 用戶端沒有得到任何 DNS 伺服器，問的是所在網路的 DNS 伺服器，得到的是公開的答案（{ $dns-by_client }），或完全沒有答案。

# of title 55f54d, cause 52e939
rule-own-dns-without-private-zone =
    .title = 虛擬網路的 DNS 伺服器沒有轉寄私人區域
    .cause = 虛擬網路有自己的 DNS 伺服器 { $vnet-dns_servers }。對 { $target_name }，這些伺服器的答案是 { $dns-by_vnet }，DNS 私人解析器（{ $resolver-inbound }）的答案則是 { $dns-by_resolver }：它們沒有把這個區域轉寄給解析器。

# of title 1aad1d, cause 827e05
rule-private-zone-not-linked =
    .title = 私人區域沒有連結到解析器所在的網路
    .cause = 區域 { $zone-name } 連結到的網路：{ $zone-links-network }。DNS 私人解析器代表 { $resolver-network } 回答，只看得到連結到這個網路的區域，所以不認得這個區域。

# of title 10c15b, cause f45f5f
rule-private-zone-lacks-record =
    .title = 私人區域中缺少這筆記錄
    .cause = 解析器（{ $resolver-inbound }）看得到區域 { $zone-name }，但回答 { $target_name } 不存在：區域中沒有這筆記錄，或這個名稱屬於另一個區域。

# of title a3a6df, step-1 bcd19a, step-2 ec1e01, step-3 463ff3, step-4 9b8a2f, step-5 1a4135, step-6 1b1168, risk 6bc397, undo c17f63
fix-set-resolver-as-dns =
    .title = 以 DNS 私人解析器作為虛擬網路的 DNS 伺服器
    .step-1 = 如果還沒有 DNS 私人解析器，請在閘道所在的虛擬網路中建立一個，或建立在與它對等互連、且用戶端有路由可到的虛擬網路中；輸入端點要用一個專屬子網路。
    .step-2 = 把 { $target_name } 所屬的私人區域連結到解析器所在的網路：「私人 DNS 區域」>「虛擬網路連結」。
    .step-3 = 確認用戶端或虛擬機器需要的其他私人區域，也都連結到解析器所在的網路。
    .step-4 = 閘道所在的虛擬網路 >「DNS 伺服器」：選擇「自訂」，只填入解析器輸入端點的位址（{ $resolver-inbound }）；解析器的「輸入端點」會顯示這個位址。不要再加上 168.63.129.16。
    .step-5 = 如果內部部署網域的名稱也要能解析，請在解析器上為該網域加入 DNS 轉送規則集。不要把網域的伺服器與解析器並列：用戶端會採用第一個回答，即使內容是「名稱不存在」。
    .step-6 = 重新連線 VPN，用戶端就會取得虛擬網路的 DNS 伺服器。如果沒有作用，請重新下載套件。Azure VPN Client：先移除該連線，再匯入 AzureVPN\azurevpnconfig.xml。Windows 的連線：先在「設定」>「網路和網際網路」>「VPN」刪除該連線，再以要連線的使用者身分執行 WindowsAmd64\VpnClientSetupAmd64.exe。如果 Azure VPN Client 仍得到公用位址，請依「由用戶端把這個區域的名稱送到解析器」將網域填入 dnssuffixes。
    .risk = 虛擬機器重新啟動或更新租用時，會改用解析器；沒有連結到其網路的區域，在虛擬機器上將無法解析。
    .undo = 虛擬網路 >「DNS 伺服器」：選擇「預設（Azure 提供）」，並讓虛擬機器更新租用。

# of title 4d0925, step-1 88c460, step-2 2748df, step-3 0add19, step-4 ddabca, step-5 c97c58, risk 6968a5, undo 846ea9
fix-send-zone-to-resolver =
    .title = 由用戶端把這個區域的名稱送到解析器
    .step-1 = 適用於用戶端不多，或虛擬網路的 DNS 伺服器不能更動的情況。仍然需要解析器，而且用戶端要有路由可到它輸入端點的位址（{ $resolver-inbound }）；解析器的「輸入端點」會顯示這個位址。
    .step-2 = 若是私人端點，請用服務的公開網域，不含「privatelink.」，例如 blob.core.windows.net：程式查詢的是這個名稱。其他情況則用區域的名稱。
    .step-3 = Azure VPN Client：在 AzureVPN\azurevpnconfig.xml 的 clientconfig 內（原本是 <clientconfig i:nil="true" />，要整個換成 <clientconfig> … </clientconfig>）加入 <dnssuffixes><dnssuffix>.DOMAIN</dnssuffix></dnssuffixes> 與 <dnsservers><dnsserver>ADDRESS</dnsserver></dnsservers>，DOMAIN 為上述網域，ADDRESS 為輸入端點的位址，再重新匯入檔案。
    .step-4 = Windows 的連線：在 PowerShell 執行，只有這個步驟需要系統管理員身分（DOMAIN 換成上述網域，ADDRESS 換成輸入端點的位址）：`Add-DnsClientNrptRule -Namespace ".DOMAIN" -NameServers ADDRESS`
    .step-5 = 連線後執行：`ipconfig /flushdns` 再於 PowerShell 執行：`Resolve-DnsName { $target_name }` nslookup 不遵循這類規則。
    .risk = 規則生效期間，這個網域的所有名稱都會送到解析器，公開的名稱也一樣。Windows 的規則在沒有 VPN 時仍然有效，這時這些名稱全都無法解析。
    .undo = Azure VPN Client：重新匯入未修改的檔案即可。只有先前在此執行過 Add-DnsClientNrptRule（Windows 的連線）時，才以系統管理員身分在 PowerShell 執行：`Get-DnsClientNrptRule` 查出在此為 .DOMAIN 新增的規則名稱。只刪除這一條，不要刪除其他規則：`Remove-DnsClientNrptRule -Name NAME`

# of title d2a13d, step-1 0183c4, step-2 134e4a, step-3 4578bb, step-4 3ea814, risk c4c4c4, undo dc138c
fix-forward-zone-from-servers =
    .title = 讓 DNS 伺服器轉寄私人區域
    .step-1 = 虛擬網路的 DNS 伺服器仍維持 { $vnet-dns_servers }：它們認得自己網域的名稱。換成解析器的話，這些名稱就無法解析了。
    .step-2 = 在每一台上加入轉寄到 { $resolver-inbound } 的條件轉寄站；如果已有同名的轉寄站或區域，請改為修改它，並記下原本的內容。若是私人端點，要設定的是服務的公開網域，例如 blob.core.windows.net，而不是 privatelink.blob.core.windows.net；其他情況則是 { $zone-name }。
    .step-3 = Windows 以系統管理員身分執行：`Add-DnsServerConditionalForwarderZone -Name DOMAIN -MasterServers { $resolver-inbound }`（DOMAIN 為上述網域）
    .step-4 = 在用戶端執行：`ipconfig /flushdns` 然後：`nslookup { $target_name }`
    .risk = 此後這個網域的所有名稱都會送到解析器；連不到解析器時，這些名稱都無法解析，公開的名稱也一樣。
    .undo = 只限於這次修復加入轉寄站的伺服器，以系統管理員身分在 PowerShell 執行：`Remove-DnsServerZone -Name DOMAIN` 若是修改既有的項目，則改回先前記下的內容。

# of title 9deeb3, step-1 df8af8, step-2 6cc6d8, step-3 b9bf1d, risk 1a5149, undo cfdca5
fix-link-zone-to-resolver =
    .title = 把私人區域連結到解析器所在的網路
    .step-1 = 私人 DNS 區域 { $zone-name } >「虛擬網路連結」>「新增」：選擇 { $resolver-network }，不要啟用自動註冊。
    .step-2 = 如果這個網路已經連結到另一個同名的區域，就不要再加第二個連結，改把記錄放進那個區域。同一個網路只能連結一個同名的區域。
    .step-3 = 等到連結的狀態為 Completed，再到用戶端執行：`ipconfig /flushdns` 並再試一次名稱。
    .risk = 在這個網路中，此後由這個區域回答它所有的名稱；區域中沒有記錄的名稱將無法解析，即使先前可由公開 DNS 解析。私人端點的區域可在連結上選擇「啟用後援至網際網路」。
    .undo = 刪除這個連結。

# of title bb281e, step-1 0a0d80, step-2 9be23e, step-3 af05b5, undo 360b09
fix-add-zone-record =
    .title = 在私人區域中加入這筆記錄
    .step-1 = 確認 { $target_name } 的拼法正確，而且確實屬於 { $zone-name }。若是私人端點，區域中存放的是名稱的第一段，例如 contoso.blob.core.windows.net 的 contoso。
    .step-2 = 「私人端點」>「DNS 設定」>「新增設定」：選擇區域 { $zone-name }，之後由 Azure 自行維護這筆記錄。若沒有私人端點：「私人 DNS 區域」>「記錄集」>「新增」，類型為 A。
    .step-3 = 在用戶端執行：`ipconfig /flushdns` 再試一次名稱。
    .undo = 刪除該設定或該筆記錄。

# of title ca198d, text 6678ff, question ede57a
symptom-intune-profile-recreated-win11 =
    .title = Windows 11 上的 VPN 設定檔反覆遭刪除並重新建立
    .text = 裝置管理服務每次同步時，連線就會中斷。
    .question = 是否每次 Intune 同步這台電腦時 VPN 就中斷，設定檔隨後重新建立？

# of title 8539ad, text b6d2a6
fact-mdm-syncs =
    .title = 與裝置管理的同步（Admin 記錄）
    .text = 事件 206 與 208 是同步的開始。

# of title 7cfc56, text de099e
fact-mdm-syncs_in_sync_log =
    .title = 與裝置管理的同步，取自 Sync 記錄
    .text = 較新的 Windows 11 組建寫在這個記錄中。

# of title fc0a93, question 617831
fact-intune-profile_uploaded =
    .title = 上傳到 Intune 的 ProfileXML
    .question = 這個 VPN 的 Intune 原則中是哪一份 ProfileXML？請完整貼上，不要更動，包括所有空白與換行。

# of title 5ab2e6, text af2ed2, question 60247e
fact-intune-profile_in_windows =
    .title = Windows 傳回的 ProfileXML
    .text = Windows 中沒有裝置管理以這個名稱部署的設定檔時即不存在。
    .question = Windows 為這個 VPN 傳回哪一份 ProfileXML？在 PowerShell 中以 SYSTEM 身分（使用者的設定檔則以該使用者身分）執行：Get-CimInstance -Namespace root\cimv2\mdm\dmmap -ClassName MDM_VPNv2_01。請將 ProfileXML 屬性完整貼上，不要更動；若沒有任何 InstanceID 是這個 VPN，請回答不存在。

# of title 5b6ab8
let-intune-drops =
    .title = 同步開始後五分鐘內結束的連線

# of title aba7f4, cause a07126
rule-profile-form-differs =
    .title = Intune 中的設定檔與 Windows 的格式不同
    .cause = { $profile } 在與裝置管理同步後的幾分鐘內中斷：{ $intune-drops-time }。Intune 會將上傳的 XML 與 Windows 依其設定重新產生的 XML 比對。兩者不同，即使只是空白或順序不同，Intune 就會刪除設定檔再重新建立。

# of title 07a396, step-1 af159b, step-2 ed6121, step-3 88ac38, step-4 0bc3d5, step-5 06f3a3, step-6 116a70, step-7 e75e76, risk dc6db7, verify-2 15a4f4, undo 1967ec
fix-upload-profile-of-windows =
    .title = 上傳 Windows 所產生的設定檔
    .step-1 = 找一台設定檔 { $profile } 完整且能連線的電腦。以 SYSTEM 身分啟動 PowerShell；在以系統管理員身分開啟的命令提示字元中執行：`psexec -s -i powershell.exe` PsExec 須另從 Sysinternals 下載。若是使用者的設定檔，則改以該使用者登入，並用「以系統管理員身分執行」啟動 PowerShell。
    .step-2 = 在其中執行（名稱中的空白要寫成 %20，InstanceID 就是這樣寫的）：`$vpn = Get-CimInstance -Namespace root\cimv2\mdm\dmmap -ClassName MDM_VPNv2_01 | Where-Object InstanceID -eq "{ $profile }"` 查看內容：`$vpn.ProfileXML` 如果什麼都沒有顯示，可能是名稱寫法不同，或這是使用者的設定檔：若是後者，請依步驟 1 改以該使用者啟動 PowerShell。下列命令會列出現有的名稱：`Get-CimInstance -Namespace root\cimv2\mdm\dmmap -ClassName MDM_VPNv2_01 | Select-Object InstanceID` 切勿用空的檔案繼續。
    .step-3 = 再執行：`[IO.File]::WriteAllText("$env:PUBLIC\vpn-of-windows.xml", $vpn.ProfileXML)` 不要用 Out-File 或編輯器寫入：它們會加上換行或位元組順序標記。
    .step-4 = 將它與 Intune 中的 XML 比對。除了順序、空白與寫明的預設值之外，不應有任何差異；若有設定不同，請先決定哪一個才對。
    .step-5 = 不要更動原則的指派：不再涵蓋的電腦會失去設定檔。另建第二個原則，以這個檔案的內容作為 ProfileXML，設定檔名稱相同，指派給只有一台測試電腦的群組，並立即在第一個原則中排除這個群組。
    .step-6 = 將測試電腦同步兩次（「設定」>「帳戶」>「存取公司或學校資源」> 該帳戶 >「資訊」>「同步」）。第一次同步時，連線還會中斷一次；第二次同步後，連線必須保持不斷。
    .step-7 = 接著留一份原本的 XML，在第一個原則中以這個檔案的內容取代它，取消排除，並刪除第二個原則。測試電腦還會再斷線一次。
    .risk = 每台電腦收到新內容時，連線會中斷一次。其中若有錯誤的設定，會影響這個原則的所有電腦。
    .verify-2 = 完成一次同步，且之後沒有這個連線的 20226 事件。
    .undo = 將原本的 XML 放回第一個原則。如果第二個原則還在，先取消排除，再刪除它。

# of title 280ada
let-sessions-old_in_the_way =
    .title = 超過一天，而且佔用新用戶端所缺名額的工作階段

# of title 7b48d2
let-gateway-ending_roots =
    .title = 30 天內到期的根憑證

# of title c81d3d
let-pool-nearly_used_up =
    .title = 位址集區或其中一部分所剩的位址不多，但還沒有人被拒絕

# of title dc29a6, text 3070df
symptom-root-about-to-expire =
    .title = 閘道上的根憑證即將到期
    .text = 到期之前不會有人察覺。

# of title 36a17c, cause b3aef7
rule-root-expires-soon =
    .title = 閘道上的根憑證將在 30 天內到期
    .cause = 閘道上的根憑證 { $gateway-ending_roots-name } 將在 30 天內到期。到期之後，由它簽發的用戶端都無法連線，Azure 也會拒絕對閘道的任何變更。

# of title 23465a, step-1 864e13, step-2 6ed838, step-3 521845, step-4 9c0a64, risk d41be6, undo 34274c
fix-add-next-root =
    .title = 在舊的根憑證到期之前加入新的
    .step-1 = 產生新的根憑證，或將舊的續期，然後匯出為 Base-64 編碼的 X.509（.CER），不含私密金鑰。
    .step-2 = 「點對站設定」>「根憑證」：新增一列，取新的名稱，並將 BEGIN 與 END 兩行之間的內容貼成一行。保留 { $gateway-ending_roots-name } 這一列。儲存，並等到閘道的狀態為 Succeeded。
    .step-3 = 以新的根憑證簽發用戶端憑證，並分批安裝到用戶端。
    .step-4 = 不再有用戶端需要 { $gateway-ending_roots-name } 之後，在這個根憑證到期之前刪除該列：到期之後 Azure 會拒絕儲存其他任何變更。
    .risk = 閘道會變更兩次，每次數分鐘；已建立的連線可能中斷。
    .undo = 只要還沒有用戶端使用新的根憑證所簽發的憑證，就可以刪除新的那一列並儲存。

# of title 908d1d, text a6b227
symptom-address-pool-about-to-fill =
    .title = 位址集區即將用完
    .text = 最後一個位址發出之前不會有人察覺。

# of title 4723dc, cause fa5607
rule-address-pool-nearly-used-up =
    .title = 位址集區快要用完
    .cause = 位址集區 { $gateway-p2s-pool } 有 { $pool-size } 個位址，其中幾個由 Azure 保留；目前有 { $sessions-number } 個用戶端連線。再多幾個，新的用戶端就拿不到位址。
