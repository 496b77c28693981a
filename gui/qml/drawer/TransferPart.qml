import QtQuick
import QtQuick.Dialogs
import "../theme"
import "../controls"

/* Providers to a file and back. Keys stay here unless a passphrase seals them. */
Column {
    id: part

    readonly property var transfer: App.providers.transfer
    function askImport() {
        transfer.asking.forget()
        reading.open()
    }
    function askExport() {
        transfer.asking.forget()
        writing.open()
    }

    objectName: "transferPart"
    width: parent ? parent.width : 0
    spacing: Theme.gap
    visible: transfer.told !== "" || transfer.asking.problem !== ""
    Notice {
        objectName: "transferTold"
        visible: part.transfer.told !== ""
        iconName: "check"
        text: part.transfer.told
        PillButton { objectName: "transferSeen"; implicitHeight: Theme.smallButton; kind: "ghost"; text: qsTr("Dismiss"); onClicked: part.transfer.forget() }
    }
    Problem { objectName: "transferProblem"; asking: part.transfer.asking }
    Connections {
        target: part.transfer
        function onPassphraseWanted() { opening.open() }
        function onImported() { opening.close() }
    }
    Dialog {
        id: writing
        objectName: "exportDialog"
        readonly property bool ready: !withKeys.checked || (phrase.text !== "" && phrase.text === again.text)
        function wipe() { phrase.clear(); again.clear() }
        title: qsTr("Export the providers")
        widest: Theme.px(460)
        onAboutToShow: { withKeys.checked = false; wipe() }
        SettingRow {
            label: qsTr("With the keys")
            help: qsTr("Sealed by a passphrase. Without them the file holds no secrets.")
            Toggle { id: withKeys; objectName: "exportKeys"; text: qsTr("With the keys") }
        }
        SecretField { id: phrase; objectName: "exportPhrase"; width: parent.width; visible: withKeys.checked; label: qsTr("Passphrase") }
        SecretField {
            id: again
            objectName: "exportAgain"
            width: parent.width
            visible: withKeys.checked
            label: qsTr("The same once more")
            problem: text !== "" && text !== phrase.text ? qsTr("The two passphrases are not the same.") : ""
        }
        actions: [
            PillButton { text: qsTr("Cancel"); onClicked: { writing.wipe(); writing.close() } },
            PillButton { objectName: "exportChoose"; kind: "primary"; enabled: writing.ready; text: qsTr("Choose a file…"); onClicked: { saver.active = true; writing.close() } }
        ]
    }
    Loader {
        id: saver
        active: false
        sourceComponent: FileDialog {
            objectName: "exportFile"
            fileMode: FileDialog.SaveFile
            title: qsTr("Export the providers")
            defaultSuffix: withKeys.checked ? "zip" : "toml"
            nameFilters: withKeys.checked ? [qsTr("Zip files (*.zip)")] : [qsTr("Lists of providers (*.toml)")]
            selectedFile: withKeys.checked ? "multicoder-providers.zip" : "multicoder-providers.toml"
            onAccepted: {
                part.transfer.export(selectedFile, withKeys.checked ? phrase.text : "", withKeys.checked ? again.text : "")
                writing.wipe()
                saver.active = false
            }
            onRejected: { writing.wipe(); saver.active = false }
            Component.onCompleted: open()
        }
    }
    Dialog {
        id: reading
        objectName: "importDialog"
        title: qsTr("Import providers")
        widest: Theme.px(460)
        onAboutToShow: replacing.checked = false
        SettingRow {
            label: qsTr("Replace those that are here already")
            help: qsTr("Otherwise they stay as they are, and only new ones are added.")
            Toggle { id: replacing; objectName: "importReplace"; text: qsTr("Replace those that are here already") }
        }
        actions: [
            PillButton { text: qsTr("Cancel"); onClicked: reading.close() },
            PillButton { objectName: "importChoose"; kind: "primary"; text: qsTr("Choose a file…"); onClicked: { reader.active = true; reading.close() } }
        ]
    }
    Loader {
        id: reader
        active: false
        sourceComponent: FileDialog {
            objectName: "importFile"
            title: qsTr("Import providers")
            nameFilters: [qsTr("Exported providers (*.toml *.zip)"), qsTr("All files (*)")]
            onAccepted: { part.transfer.read(selectedFile, replacing.checked); reader.active = false }
            onRejected: reader.active = false
            Component.onCompleted: open()
        }
    }
    Dialog {
        id: opening
        objectName: "importPhraseDialog"
        title: qsTr("This file holds keys")
        widest: Theme.px(460)
        onAboutToShow: sealed.clear()
        onOpened: sealed.input.forceActiveFocus()
        onClosed: sealed.clear()
        function send() {
            if (sealed.text !== "")
                part.transfer.open(sealed.text)
        }
        SecretField { id: sealed; objectName: "importPhrase"; width: parent.width; label: qsTr("Passphrase of the file"); onAccepted: opening.send() }
        Problem { asking: part.transfer.asking }
        actions: [
            PillButton { text: qsTr("Cancel"); onClicked: { part.transfer.asking.forget(); opening.close() } },
            PillButton { objectName: "importOpen"; kind: "primary"; enabled: sealed.text !== ""; text: qsTr("Import"); onClicked: opening.send() }
        ]
    }
}
