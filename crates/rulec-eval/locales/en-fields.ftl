# Members of enums in built-in records, where their names in the language are no words. A test holds that each names a member.

label-PhonebookEntry-vpn_strategy-pptp_only = PPTP only
label-PhonebookEntry-vpn_strategy-pptp_first = PPTP first
label-PhonebookEntry-vpn_strategy-l2tp_only = L2TP only
label-PhonebookEntry-vpn_strategy-l2tp_first = L2TP first
label-PhonebookEntry-vpn_strategy-sstp_only = SSTP only
label-PhonebookEntry-vpn_strategy-sstp_first = SSTP first
label-PhonebookEntry-vpn_strategy-ikev2_only = IKEv2 only
label-PhonebookEntry-vpn_strategy-ikev2_first = IKEv2 first
label-PhonebookEntry-vpn_strategy-gre_only = GRE only
label-PhonebookEntry-vpn_strategy-pptp_sstp = PPTP, then SSTP
label-PhonebookEntry-vpn_strategy-l2tp_sstp = L2TP, then SSTP
label-PhonebookEntry-vpn_strategy-ikev2_sstp = IKEv2, then SSTP
label-PhonebookEntry-vpn_strategy-listed = as listed
label-PhonebookEntry-vpn_strategy-default = automatic
label-Service-state-start_pending = starting
label-Service-state-stop_pending = stopping
label-Service-state-continue_pending = continuing
label-Service-state-pause_pending = pausing
label-Adapter-kind-wifi = Wi-Fi
label-Adapter-kind-ppp = PPP (dial-up or VPN)
