import QtQuick
import "../theme"
import "../controls"

/* How keys are kept, where that is not simply the key storage of the system. */
Column {
    id: part

    readonly property var vault: App.providers.vault
    readonly property string standing: vault.standing

    objectName: "vaultPart"
    width: parent ? parent.width : 0
    visible: standing !== "" && (standing !== "absent" || vault.needed)
    Notice {
        objectName: "vaultAbsent"
        visible: part.standing === "absent"
        kind: "error"
        text: qsTr("The key storage of this computer cannot be used. Keys can be kept in an encrypted file instead, which is opened with a passphrase; they are never written down unencrypted.")
        PillButton { objectName: "createVault"; implicitHeight: Theme.smallButton; text: qsTr("Create a key vault…"); onClicked: dialog.ask("create") }
    }
    Notice {
        objectName: "vaultLocked"
        visible: part.standing === "locked"
        kind: "warning"
        iconName: "lock"
        text: qsTr("The key vault is locked. Keys in it cannot be used before it is unlocked.")
        PillButton { objectName: "unlockVault"; implicitHeight: Theme.smallButton; text: qsTr("Unlock…"); onClicked: dialog.ask("unlock") }
    }
    Notice {
        objectName: "vaultUnlocked"
        visible: part.standing === "unlocked"
        iconName: "lock"
        text: qsTr("The key vault is unlocked until the engine ends; it holds %n key(s).", "", part.vault.held)
        PillButton { objectName: "lockVault"; implicitHeight: Theme.smallButton; text: qsTr("Lock"); onClicked: part.vault.lock() }
        PillButton { objectName: "changeVault"; implicitHeight: Theme.smallButton; kind: "ghost"; text: qsTr("Change the passphrase…"); onClicked: dialog.ask("change") }
    }
    VaultDialog { id: dialog }
}
