### azure.base，臺灣正體中文。原文寫在規則檔中；每則訊息上方的雜湊值是原文的指紋，原文更動後即過期。

# of title 372941, text 9a17bc
pack-azure-base =
    .title = Azure 網路
    .text = 各種 Azure 網路規則套件都會讀取的資源結構。

# of title f7bb8e
type-ProvisioningState =
    .title = 資源上次變更的狀態

# of title 93a492
type-Route =
    .title = 使用者定義的路由

# of title 9aa58d, text 0826ce
type-Route-prefix =
    .title = 目的地
    .text = 可能是網段，也可能是服務標籤的名稱，因此以文字保存。

# of title e6bb84
type-Route-next_hop =
    .title = 下一個躍點的類型

# of title dd8455
type-Peering =
    .title = 虛擬網路的對等互連

# of title 0794d3
type-Peering-name =
    .title = 對等互連的名稱

# of title a95045
type-Peering-state =
    .title = 對等互連的狀態

# of title 5989be
type-Peering-allow_gateway_transit =
    .title = 對方可以使用這個網路的閘道

# of title 5fa8a2
type-Peering-use_remote_gateways =
    .title = 這個網路使用對方的閘道

# of title d76284
type-Peering-remote =
    .title = 對方網路的資源識別碼

# of title e4b7e4
type-Peering-prefixes =
    .title = 對方網路的位址空間

# of title 4f5b7e
type-VirtualNetwork =
    .title = 虛擬網路

# of title bd685c
type-VirtualNetwork-id =
    .title = 網路的資源識別碼

# of title 844382, question 32f29c
type-VirtualNetwork-prefixes =
    .title = 網路的位址空間
    .question = 虛擬網路的位址空間有哪些？請看入口網站的「位址空間」。

# of title 0307d7, text 25b3e4, question de56e8
type-VirtualNetwork-dns_servers =
    .title = 網路的 DNS 伺服器
    .text = 使用 Azure 提供的 DNS 時為空白。
    .question = 虛擬網路設定了哪些自訂 DNS 伺服器？若使用 Azure 提供的 DNS，請回答沒有。

# of title f92092
type-VirtualNetwork-peerings =
    .title = 網路的對等互連

# of title 64b100
type-SecurityRule =
    .title = 網路安全性群組的規則

# of title a4a838
type-SecurityRule-name =
    .title = 規則的名稱

# of title 3e098b, text 95f93b
type-SecurityRule-priority =
    .title = 規則的優先順序
    .text = 由數字最小的相符規則決定。

# of title ce0f40
type-SecurityRule-direction =
    .title = 流量的方向

# of title 266961
type-SecurityRule-access =
    .title = 規則的動作

# of title 1ad96d
type-SecurityRule-protocol =
    .title = 流量的通訊協定

# of title 864ee2, text f22ac4
type-SecurityRule-source =
    .title = 流量的來源
    .text = 網段、服務標籤或 *。

# of title bf8a7c
type-SecurityRule-sources =
    .title = 流量的來源（有多個時）

# of title a18f23, text f22ac4
type-SecurityRule-destination =
    .title = 流量的目的地
    .text = 網段、服務標籤或 *。

# of title dc0971, text b803f2
type-SecurityRule-port =
    .title = 目的地的連接埠
    .text = 數字、範圍或 *。

# of title db7459
type-SecurityRule-source_network =
    .title = 流量的來源（單一網段時）

# of title a4f02b
type-SecurityRule-source_networks =
    .title = 流量的來源（多個網段時）

# of title 0871d3
type-SecurityRule-destination_network =
    .title = 流量的目的地（單一網段時）

# of title 266769
type-SecurityRule-destination_networks =
    .title = 流量的目的地（多個網段時）

# of title 6a7945, text 7eb338
type-SecurityRule-destination_groups =
    .title = 流量要前往的應用程式安全性群組
    .text = 以資源識別碼表示。

# of title 8883b7
type-SecurityRule-port_number =
    .title = 目的地的連接埠（單一號碼時）

# of title 1b1797
type-SecurityRule-port_numbers =
    .title = 目的地的連接埠（多個號碼時）

# of title f2e115
type-GatewayConnection =
    .title = 閘道的連線

# of title 2c25c5
type-GatewayConnection-name =
    .title = 連線的名稱

# of title 912aeb
type-GatewayConnection-gateway =
    .title = 所屬閘道的資源識別碼

# of title 2e3ec7
type-GatewayConnection-kind =
    .title = 連線的類型

# of title 40e712
type-GatewayConnection-state =
    .title = 連線的狀態

# of title 25ff3d
type-GatewayConnection-local_network =
    .title = 區域網路閘道的資源識別碼

# of title e48a8d
type-GatewayConnection-bgp =
    .title = 已啟用 BGP

# of title 7095a9
type-ZoneLink =
    .title = 私人 DNS 區域與虛擬網路之間的連結

# of title c0aed7
type-ZoneLink-name =
    .title = 連結的名稱

# of title 0ad576
type-ZoneLink-network =
    .title = 所連結網路的資源識別碼

# of title b215fa
type-ZoneLink-state =
    .title = 連結的狀態
