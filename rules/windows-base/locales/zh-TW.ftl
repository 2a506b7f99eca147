### windows.base，臺灣正體中文。原文寫在規則檔中；每則訊息上方的雜湊值是原文的指紋，原文更動後即過期。

# of title 277711, text ada019
pack-windows-base =
    .title = Windows 用戶端
    .text = 各種 Windows 網路規則套件都需要向電腦查詢的項目。

# of title 5a4808
type-Reach =
    .title = 連接埠的回應

# of title 669f9d, label a1a614
type-Reach-open =
    .title = 有回應
    .label = 有回應

# of title 7c5316, label d0f0e3
type-Reach-filtered =
    .title = 沒有任何回應
    .label = 沒有回應

# of title 66dd26, label 825e42
type-Reach-refused =
    .title = 遭到拒絕
    .label = 遭拒絕

# of title 2c86cd
type-Driver =
    .title = 網路卡的驅動程式

# of title 99d2de
type-Driver-device =
    .title = 裝置名稱

# of title f5000b
type-Driver-provider =
    .title = 驅動程式的製造商

# of title ef7340
type-Driver-date =
    .title = 驅動程式的日期

# of title 25d003
type-Driver-version =
    .title = 驅動程式的版本

# of title 155373
type-Miniport =
    .title = WAN Miniport

# of title 99d2de
type-Miniport-device =
    .title = 裝置名稱

# of title 3d21a2, text 2794db
type-Miniport-problem =
    .title = 裝置管理員顯示的問題代碼
    .text = 0 表示正常，22 表示已停用。

# of title af8b4e
type-ProxySettings =
    .title = Proxy 設定

# of title 77e05e, text 219383, question 086b80
type-ProxySettings-machine =
    .title = 電腦的 Proxy
    .text = 供系統帳戶使用。
    .question = 「netsh winhttp show proxy」顯示哪一個 Proxy？若為直接存取，請回答不存在。

# of title f5299e, question b77335
type-ProxySettings-user =
    .title = 使用者的 Proxy
    .question = 「設定」>「網路和網際網路」>「Proxy」中設定的是哪一個 Proxy 伺服器？若未設定，請回答不存在。

# of title ff25f1
type-ProxySettings-user_script =
    .title = 使用者自動設定 Proxy 所用的指令碼位址

# of title 7986d2
fact-net-adapters =
    .title = 網路介面卡

# of title 6d28e8
fact-net-routes =
    .title = 電腦的路由表

# of title a591f1
fact-net-nrpt =
    .title = 名稱解析原則表 (NRPT)

# of title c6d75d
fact-net-drivers =
    .title = 網路卡的驅動程式

# of title 5e6845, text 54dfdb
fact-proxy =
    .title = 電腦與使用者的 Proxy 設定
    .text = 沒有設定任何 Proxy 時即不存在。

# of title 92a1b9, text 296182
fact-net-connect_test =
    .title = Microsoft 用來測試能否連上網際網路的網頁
    .text = 若被登入網頁攔下，取得的內容就不會是原本的網頁。

# of title 20a04e, question 38678b
fact-net-captive_portal =
    .title = 連上網際網路之前會被登入網頁攔下
    .question = 開啟網頁瀏覽器時，是否會先被導向飯店、機場或訪客網路的登入網頁？

# of title f95190, text 285d15, question 0d990d
fact-miniport-sstp =
    .title = SSTP 的 WAN Miniport
    .text = 缺少時即不存在。
    .question = 「裝置管理員」>「檢視」>「顯示隱藏裝置」>「網路介面卡」：WAN Miniport (SSTP) 的裝置狀態顯示哪一個代碼？正常運作時 problem 為 0，停用時為 22；若沒有這個裝置，請回答不存在。

# of title 948787, text 285d15, question 07e0c3
fact-miniport-ikev2 =
    .title = IKEv2 的 WAN Miniport
    .text = 缺少時即不存在。
    .question = 「裝置管理員」>「檢視」>「顯示隱藏裝置」>「網路介面卡」：WAN Miniport (IKEv2) 的裝置狀態顯示哪一個代碼？正常運作時 problem 為 0，停用時為 22；若沒有這個裝置，請回答不存在。

# of title a23219, text 285d15, question 46548d
fact-miniport-ip =
    .title = IP 的 WAN Miniport
    .text = 缺少時即不存在。
    .question = 「裝置管理員」>「檢視」>「顯示隱藏裝置」>「網路介面卡」：WAN Miniport (IP) 的裝置狀態顯示哪一個代碼？正常運作時 problem 為 0，停用時為 22；若沒有這個裝置，請回答不存在。

# of title edf00b
let-net-local_adapters =
    .title = 已連上網路的乙太網路與 Wi-Fi 介面卡

# of title ea3c01
let-net-other_tunnels =
    .title = 其他程式所建立且連線中的通道

# of title 135363
fact-certs-user_my =
    .title = 要連線的使用者在「個人」存放區中的憑證

# of title e75dec
fact-certs-machine_my =
    .title = 電腦「個人」存放區中的憑證

# of title 58dd10
fact-certs-machine_root =
    .title = 電腦信任的根憑證

# of title 3690c4
fact-certs-user_root =
    .title = 僅該使用者信任的根憑證

# of title 201a0b
fact-certs-machine_ca =
    .title = 電腦的中繼憑證

# of title 7aa094, text b843b1
fact-certs-root_update_off =
    .title = 原則值 DisableRootAutoUpdate
    .text = 1 表示禁止 Windows 取得根憑證；0 或沒有這個值，表示允許。

# of title 8e4afb, text 0e2add
fact-tls12-enabled =
    .title = 用戶端 TLS 1.2 的登錄值 Enabled
    .text = 0 表示停用；不存在則依 Windows 版本的預設值。

# of title 33e144, text f28575
fact-tls12-disabled_by_default =
    .title = 用戶端 TLS 1.2 的登錄值 DisabledByDefault
    .text = 1 表示停用；不存在則依 Windows 版本的預設值。

# of title e4b03c, text a1ace3
fact-tls12-eap_versions =
    .title = EAP-TLS 的登錄值 TlsVersion
    .text = 為 0xC0（1.0）、0x300（1.1）與 0xC00（1.2）的總和。

# of title f77e1e, text a7dc57
fact-lsa-disable_domain_creds =
    .title = 禁止儲存網域認證，1 表示禁止
    .text = 對整台電腦有效。

# of title d839c3, text e75d9f
fact-lsa-restrict_sending_ntlm =
    .title = 禁止對其他伺服器使用 NTLM，2 表示禁止
    .text = 0 表示允許，1 表示記錄，2 表示禁止。

# of title 6f8799
fact-applocker-blocks =
    .title = 遭 AppLocker 封鎖的程式

# of title 20b6a5
fact-app_control-blocks =
    .title = 遭 App Control（應用程式控制）封鎖的程式

# of title d6910c, text 1b7150
let-tls12-off =
    .title = 這台用戶端的 TLS 1.2 已停用
    .text = 在 Windows 10 之前，EAP-TLS 只有在設定 TlsVersion 之後才支援 TLS 1.2。

# of title 3ba1ce, question abe02d
fact-os-build =
    .title = Windows 組建編號
    .question = winver 顯示的組建編號是多少？例如 19045 或 22631。

# of title 295dd6, text ee197e, question bb1870
fact-os-version =
    .title = Windows 的組建與更新修訂編號
    .text = Windows 更新是累積式的，看修訂編號比看更新清單可靠。
    .question = winver 顯示的完整 OS 組建是多少？例如 19045.4529。

# of title c960ce
fact-os-product =
    .title = Windows 的種類

# of title cab8e5, question 93f013
fact-os-architecture =
    .title = 處理器架構
    .question = 「設定」>「系統」>「關於」顯示的系統類型是哪一種：x64、x86 還是 arm64？

# of title 4bf730, text f39731
fact-os-updates =
    .title = 已安裝的更新
    .text = 以編號表示，例如 KB3140245。

# of title cd5f29, question 1e2425
fact-user-administrator =
    .title = 使用者是這台電腦的系統管理員
    .question = 這台電腦跳出系統管理員權限的提示時，使用者能否自己按一下就確認，不必輸入另一個帳戶的密碼？

# of title e8719f, text 6ee64e, question 353590
fact-user-appdata =
    .title = 使用者的應用程式資料夾
    .text = 使用漫遊設定檔或資料夾重新導向時，這個資料夾會放在伺服器上。
    .question = 在使用者的命令提示字元中執行「echo %APPDATA%」，會顯示什麼？

# of title 4ace02, question 74e3cb
fact-device-domain_joined =
    .title = 電腦已加入網域
    .question = 這台電腦是否已加入 Active Directory 網域？請看「dsregcmd /status」的 DomainJoined。

# of title a1e850, question 2fbc04
fact-device-entra_joined =
    .title = 電腦已加入 Entra
    .question = 這台電腦是否已加入 Microsoft Entra？請看「dsregcmd /status」的 AzureAdJoined。

# of title 4c5164, text fa32cf
fact-device-mdm_url =
    .title = 裝置管理服務的位址
    .text = 電腦未受管理（例如未納入 Intune）時即不存在。

# of title af18c6, question 8a6354
fact-clock-skew =
    .title = 電腦時鐘比正確時間快多少
    .question = 電腦的時鐘比正確時間快多少？例如 40s 或 7min；若是慢了，請在前面加負號，如 -40s。

# of title b172eb
fact-service-rasman =
    .title = RAS 連線服務

# of title 2e64af
fact-service-sstpsvc =
    .title = SSTP 服務

# of title 2abf4e
fact-service-ikeext =
    .title = IKE 服務

# of title 238b20
fact-service-bfe =
    .title = 基礎篩選引擎

# of title 0cf5b8
fact-service-eaphost =
    .title = EAP 服務

# of title e3be28, text 3570db
fact-service-cryptsvc =
    .title = 密碼編譯服務
    .text = 負責取得撤銷清單與根憑證。

# of title d2d3db
fact-service-dnscache =
    .title = DNS 用戶端服務

# of title 174272
fact-service-w32time =
    .title = 時間服務

# of title 64f3bb, text 194904
type-PowerSettings =
    .title = 電源設定
    .text = 0 表示永不。

# of title 6b78d1, question 637e3a
type-PowerSettings-standby_timeout_ac =
    .title = 接上電源時，多久後進入睡眠
    .question = 接上電源時，電腦多久後進入睡眠？0 表示永不。可在「設定」>「系統」>「電源」查到。

# of title 8085d8, question 7e6a9d
type-PowerSettings-standby_timeout_dc =
    .title = 使用電池時，多久後進入睡眠
    .question = 使用電池時，電腦多久後進入睡眠？0 表示永不。可在「設定」>「系統」>「電源」查到。

# of title 9c1008
type-PowerSettings-hibernate_timeout_ac =
    .title = 接上電源時，多久後進入休眠

# of title 14465d
type-PowerSettings-hibernate_timeout_dc =
    .title = 使用電池時，多久後進入休眠

# of title 35d89b
fact-power =
    .title = 電腦的電源設定

# of title 81df64, text 21c3b4
fact-power-sleeps =
    .title = 電腦進入睡眠的時刻
    .text = 包括睡眠、休眠與新式待命。
