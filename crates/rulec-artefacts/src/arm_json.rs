//! Azure resources as people save them. (The lead is writing this file and `rulec-providers/src/case_folder` now.)
