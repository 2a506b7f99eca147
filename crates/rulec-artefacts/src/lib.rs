//! rulec-artefacts
