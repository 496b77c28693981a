import QtQuick
import "../theme"
import "../controls"

/* Asks for the passphrase of the key vault: to `create` it, to `unlock` it, to `change` it. */
Dialog {
    id: dialog

    property string mode: "unlock"
    readonly property var vault: App.providers.vault
    readonly property bool makes: mode !== "unlock"
    readonly property bool ready: (mode === "create" || old.text !== "") && (!makes || (fresh.text !== "" && again.text !== ""))

    function ask(what) {
        mode = what
        vault.asking.forget()
        open()
    }
    function send() {
        if (!ready)
            return
        if (mode === "create")
            vault.create(fresh.text, again.text)
        else if (mode === "change")
            vault.change(old.text, fresh.text, again.text)
        else
            vault.unlock(old.text)
    }
    function wipe() {
        for (const field of [old, fresh, again])
            field.clear()
    }

    objectName: "vaultDialog"
    widest: Theme.px(460)
    title: mode === "create" ? qsTr("Create a key vault") : mode === "change" ? qsTr("Change the passphrase") : qsTr("Unlock the key vault")
    onAboutToShow: wipe()
    onOpened: (mode === "create" ? fresh : old).input.forceActiveFocus()
    onClosed: wipe()
    Connections {
        target: dialog.vault
        function onDone() { dialog.wipe(); dialog.close() }
    }
    Words {
        width: parent.width
        visible: dialog.makes
        wrapMode: Text.Wrap
        text: qsTr("Nothing opens the vault without its passphrase, and nobody can restore it. Keep it where you find it again.")
    }
    SecretField { id: old; objectName: "vaultOld"; width: parent.width; visible: dialog.mode !== "create"; label: dialog.mode === "change" ? qsTr("Passphrase so far") : qsTr("Passphrase"); onAccepted: dialog.send() }
    SecretField { id: fresh; objectName: "vaultFresh"; width: parent.width; visible: dialog.makes; label: qsTr("New passphrase"); onAccepted: again.input.forceActiveFocus() }
    SecretField { id: again; objectName: "vaultAgain"; width: parent.width; visible: dialog.makes; label: qsTr("The same once more"); onAccepted: dialog.send() }
    Problem { asking: dialog.vault.asking }
    actions: [
        PillButton { text: qsTr("Cancel"); onClicked: dialog.close() },
        PillButton {
            objectName: "vaultSend"
            kind: "primary"
            enabled: dialog.ready
            text: dialog.mode === "create" ? qsTr("Create") : dialog.mode === "change" ? qsTr("Change") : qsTr("Unlock")
            onClicked: dialog.send()
        }
    ]
}
