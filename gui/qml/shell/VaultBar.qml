import QtQuick
import "../theme"
import "../controls"
import "../drawer"

/* Above the composer while a run waits for a key in the locked vault. */
Notice {
    id: bar

    objectName: "vaultBar"
    visible: App.tasks.waitsForVault
    kind: "warning"
    iconName: "lock"
    text: qsTr("A run waits: the key it needs is in the key vault, which is locked.")
    PillButton { objectName: "vaultBarUnlock"; implicitHeight: Theme.smallButton; text: qsTr("Unlock…"); onClicked: dialog.ask("unlock") }
    VaultDialog { id: dialog }
}
