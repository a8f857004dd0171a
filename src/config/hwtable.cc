// SPDX-License-Identifier: GPL-2.0-or-later
#include "config/hwtable.h"

#include "base/packed.h"

namespace rdm {

namespace {

// clang-format off
constexpr std::string_view rows =
R"rows(
91- NVM[eE] .* tpgs uid_attribute ID_WWN path_checker none
--4 ^NVME .* tpgs uid_attribute ID_WWN path_checker none
914 APPLE "Xserve RAID" multibus
914 3PARdata VV alua+ retry 18 fast_io_fail_tmo 10 dev_loss_tmo infinity vpd_vendor hp3par
914 NVME "HPE Alletra" retry queue
914 DEC HSG80 by_prio retry queue path_checker hp_sw prio hp_sw handler hp_sw
914 HP A6189A multibus retry 12
914 (COMPAQ|HP) (MSA|HSV)1[01]0 by_prio retry 12 path_checker hp_sw prio hp_sw handler hp_sw
914 (COMPAQ|HP) "MSA VOLUME" alua retry 12
914 (COMPAQ|HP) (HSV1[01]1|HSV2[01]0|HSV3[046]0|HSV4[05]0) alua retry 12
914 HP (MSA2[02]12fc|MSA2012i) multibus retry 18
914 HP "(MSA2012sa|MSA23(12|24)(fc|i|sa)|MSA2000s VOLUME)" alua retry 18
9-- (HP|HPE) "MSA [12]0[456]0 (SAN|SAS|FC|iSCSI)" alua retry 18
-14 (HP|HPE) "MSA [12]0[4567]0 (SAN|SAS|FC|iSCSI)" alua retry 18
914 HP (HSVX700|HSVX740) alua+ retry 12
914 HP "LOGICAL VOLUME" multibus retry 12
914 HP "(P2000 G3 FC|P2000G3 FC/iSCSI|P2000 G3 SAS|P2000 G3 iSCSI)" alua retry 18
914 LEFTHAND (P4000|iSCSIDisk|FCDISK) alua retry 18
914 Nimble Server alua+ retry queue
914 SGI TP9100 multibus
914 SGI TP9[3457]00 rdac
914 SGI IS rdac
914 SGI ^DD[46]A- alua retry 30
914 DDN "SAN DataDirector" multibus
914 DDN ^EF3010 multibus retry 30
914 DDN ^(EF3015|S2A|SFA) alua retry 30
914 NEXENTA COMSTAR serial retry 30
914 TEGILE (ZEBI-(FC|ISCSI)|INTELLIFLASH) alua+ retry 10
914 EMC SYMMETRIX multibus retry 6
914 NVME "EMC PowerMax" retry queue
914 ^DGC ^(RAID|DISK|VRAID) tpgs retry 60 product_blacklist LUNZ path_checker emc_clariion prio emc detect_checker no handler emc
914 EMC Invista multibus retry 5 product_blacklist LUNZ
914 XtremIO XtremApp multibus
914 COMPELNT "Compellent Vol" tpgs retry queue
914 DELL ^MD3 rdac
914 DellEMC PowerStore alua+ retry 3 fast_io_fail_tmo 15
91- .* dellemc-powerstore retry 3
--4 NVME dellemc-powerstore retry 3
914 DellEMC ^ME alua+
--4 EQLOGIC 100E-00 multibus retry 30
914 FSC CentricStor serial
914 FUJITSU ETERNUS_DX(H|L|M|400|8000) alua retry 10
914 (EUROLOGC|EuroLogc) FC2502 multibus
914 FUJITSU E[234]000 alua retry 10
914 FUJITSU E[68]000 multibus retry 10
914 FUJITSU ETERNUS_AHB rdac
9-- (HITACHI|HP|HPE) ^OPEN- multibus
-14 (HITACHI|HP|HPE) ^OPEN- tpgs retry 10
914 HITACHI ^DF tpgs retry queue prio hds
914 HITACHI ^DF600F multibus
--4 HITACHI Hi-SDS alua retry 6 path_checker directio detect_checker no
--4 NVME "HITACHI SVOS-RF-System" retry queue
914 IBM "ProFibre 4000R" multibus
914 IBM ^1722-600 rdac
914 IBM ^1724 rdac
914 IBM ^1726 rdac
914 IBM ^1742 rdac
914 IBM ^1746 rdac
914 IBM ^1813 rdac
914 IBM ^1814 rdac
914 IBM ^1815 rdac
914 IBM ^1818 rdac
914 IBM ^3526 rdac
914 IBM ^(3542|3552) rdac
914 IBM ^2105 multibus retry queue
914 IBM ^1750500 alua retry queue
914 IBM ^2107900 tpgs retry queue
914 IBM ^2145 alua retry queue
914 NVME "IBM[ ]+2145" retry queue
91- IBM "S/390 DASD ECKD" multibus retry queue product_blacklist S/390 uid_attribute ID_UID path_checker directio
--4 IBM "S/390 DASD ECKD" multibus retry queue product_blacklist "S/390 DASD ECKD" uid_attribute ID_UID path_checker directio
91- IBM "S/390 DASD FBA" multibus retry queue product_blacklist S/390 uid_attribute ID_UID path_checker directio
--4 IBM "S/390 DASD FBA" multibus retry queue product_blacklist "S/390 DASD FBA" uid_attribute ID_UID path_checker directio
914 IBM ^IPR alua+ retry queue
914 IBM 1820N00 alua retry queue
914 (XIV|IBM) (NEXTRA|2810XIV) by_prio retry queue failback 15
914 (TMS|IBM) (RamSan|FlashSystem) multibus
91- NVMe FlashSystem retry fail
--4 NVME FlashSystem retry fail
914 IBM ^(DCS9900|2851) alua retry 30
914 AIX VDASD multibus retry 60
914 IBM "3303[ ]+NVDISK" retry 60
914 AIX NVDISK alua+ retry 60
914 LENOVO DE_Series rdac
9-- NETAPP LUN tpgs retry queue features "2 pg_init_retries 50" prio ontap dev_loss_tmo infinity user_friendly_names no flush_on_last_del yes
-14 NETAPP LUN tpgs retry queue features "2 pg_init_retries 50" prio ontap dev_loss_tmo infinity user_friendly_names no flush_on_last_del always
914 (NETAPP|LSI|ENGENIO) INF-01-00 rdac
914 SolidFir "SSD SAN" multibus retry 24
914 NVME "^NetApp ONTAP Controller" retry queue
914 NEC "DISK ARRAY" alua+
914 ^Pillar ^Axiom alua
914 ^Oracle "^Oracle FS" alua
914 STK BladeCtlr rdac
914 STK OPENstorage rdac
914 STK "FLEXLINE 380" rdac
914 SUN "StorEdge 3" multibus
914 SUN STK6580_6780 rdac
914 SUN CSM[12]00_R rdac
914 SUN LCSM100_[IEFS] rdac
914 SUN SUN_6180 rdac
914 SUN ArrayStorage rdac
914 SUN "(Sun Storage|ZFS Storage|COMSTAR)" alua retry 30
914 PIVOT3 "RAIGE VOLUME" multibus retry queue
914 (NexGen|Pivot3) (TierStore|vSTAC) alua retry queue
914 (Intel|INTEL) Multi-Flex alua+ retry queue product_blacklist "VTrak V-LUN"
9-- (LIO-ORG|SUSE) .* alua+ retry 12
-14 (LIO-ORG|SUSE) .* alua retry 12 path_checker directio detect_checker no
-14 ^SCST_ .* alua retry 12
914 DataCore SANmelody alua retry queue
914 DataCore "Virtual Disk" alua retry queue
9-- PURE FlashArray alua+ fast_io_fail_tmo 10
-14 PURE FlashArray alua fast_io_fail_tmo 10 detect_prio no
914 NVME "Pure Storage FlashArray" retry 10
9-- HUAWEI XSG1 tpgs retry 15
-14 ^(HUAWEI|HUASY|HS) ^(Dorado[25]|HVS8|S[23568]|V1[568]|VIS6000) tpgs retry 15
-14 ^(HUAWEI|AnyStor|Marstor|NETPOSA|SanM|SUGON|UDsafe) XSG1 tpgs retry 15
91- NVM[eE] Huawei-XSG1 retry 12 path_checker directio
--4 NVME Huawei-XSG1 retry 12
914 KOVE XPD multibus
9-- NFINIDAT InfiniBox by_prio retry fail path_selector "round-robin 0" prio alua failback 30 rr_weight priorities rr_min_io 1 rr_min_io_rq 1 fast_io_fail_tmo 15 dev_loss_tmo 15 flush_on_last_del yes
-1- NFINIDAT InfiniBox by_prio retry fail path_selector "round-robin 0" prio alua failback 30 rr_weight priorities rr_min_io 1 rr_min_io_rq 1 fast_io_fail_tmo 15
--4 NFINIDAT InfiniBox alua retry queue fast_io_fail_tmo 15 dev_loss_tmo infinity detect_prio no flush_on_last_del always
--4 NVME InfiniBox retry queue
914 KMNRIO K2 multibus
914 NEXSAN NXS-B0 alua retry 15
914 NEXSAN SATAB alua retry 15
914 Nexsan (NestOS|NST5000) alua+ retry 30
914 VIOLIN "SAN ARRAY$" serial retry 30
914 VIOLIN "SAN ARRAY ALUA" alua+ retry 30
914 VIOLIN "CONCERTO ARRAY" multibus retry 30
914 (XIOTECH|XIOtech) ISE multibus retry 12
914 (XIOTECH|XIOtech) "IGLU DISK" multibus retry 30
914 (XIOTECH|XIOtech) Magnitude multibus retry 30
914 Vexata VX multibus retry 30
914 Promise VTrak alua+ retry 30 product_blacklist "VTrak V-LUN"
914 Promise Vess alua+ retry 30 product_blacklist "Vess V-LUN"
914 ^IFT .* alua retry 30
914 DotHill SANnet multibus retry 30
914 DotHill R/Evo alua retry 30
914 DotHill ^DH alua retry 30
--4 SEAGATE STJX alua retry 30
--4 SEAGATE ^[456] alua retry 30
91- AStor NeoSapphire multibus retry 30
--4 AStor NeoSapphire tpgs retry 30
914 INSPUR MCS alua
914 MacroSAN LU alua retry 30
--4 Quantum "(StorNext QX|QXS)" alua retry 18 product_blacklist cvfsctl
--4 QUANTUM ^(F|P|H)[24] alua retry 30
--4 QUANTUM ^F1 serial retry 30
--4 VSTORAGE VSTOR-DISK retry queue group group_by_node_name features "2 pg_init_retries 50" prio alua failback immediate detect_prio no flush_on_last_del always
--4 ^Qsan .* tpgs retry 30 prio_args exclusive_pref_bit
--4 NVME VASTData retry queue
)rows";
// clang-format on

}  // namespace

std::string hardware_rows() { return unpack(packed<rows>); }

}  // namespace rdm
