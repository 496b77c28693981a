import QtQuick
import QtQuick.Dialogs
import "../theme"
import "../controls"
import "../cards"

/* Sealed copies of the memory: one is made, or put in the place of the memory. The passphrase is asked for last. */
Column {
    id: part

    readonly property var sealed: App.memory.sealed
    property string address
    readonly property string place: address === "" ? "" : sealed.named(address)
    function choose(picker) {
        sealed.asking.forget()
        picker.active = true
    }
    function take(picker, chosen, asks) {
        address = chosen
        picker.active = false
        Qt.callLater(asks.open) // the picker takes the focus along when it goes
    }

    objectName: "sealedPart"
    spacing: Theme.gap
    SectionTitle { text: qsTr("Sealed copy") }
    Note {
        width: parent.width
        text: qsTr("The whole memory in one file, or in a folder that may be synchronised; only the passphrase opens it. Keys and settings are not in it.")
    }
    Problem { objectName: "sealedProblem"; asking: part.sealed.asking }
    Flow {
        width: parent.width
        spacing: Theme.gap
        PillButton { objectName: "sealedToFile"; iconName: "archive"; text: qsTr("Copy to a file ..."); onClicked: part.choose(saver) }
        PillButton { objectName: "sealedToFolder"; iconName: "archive"; text: qsTr("Copy to a folder ..."); onClicked: part.choose(keeper) }
        PillButton { objectName: "sealedFromFile"; iconName: "retry"; text: qsTr("Put back from a file ..."); onClicked: part.choose(reader) }
        PillButton { objectName: "sealedFromFolder"; iconName: "retry"; text: qsTr("Put back from a folder ..."); onClicked: part.choose(finder) }
    }
    Connections {
        target: part.sealed
        function onOrdered() { copying.close(); restoring.close() }
    }
    Dialog {
        id: copying
        objectName: "sealedCopyDialog"
        readonly property bool ready: phrase.text !== "" && phrase.text === again.text
        function wipe() { phrase.clear(); again.clear() }
        function send() {
            if (ready)
                part.sealed.copy(part.address, projects.checked, phrase.text, again.text)
        }
        title: qsTr("Make a sealed copy of the memory")
        widest: Theme.px(480)
        onAboutToShow: { projects.checked = false; wipe() }
        onOpened: phrase.input.forceActiveFocus()
        onClosed: { wipe(); part.sealed.asking.forget() }
        HonestText { objectName: "sealedTarget"; width: parent.width; foreign: part.place; font: Theme.captionFont; color: Theme.textSecondary }
        Words {
            width: parent.width
            wrapMode: Text.Wrap
            text: qsTr("Nothing opens the copy without its passphrase, and nobody can bring a lost one back. Keep it where you find it again.")
        }
        SettingRow {
            label: qsTr("With the files of the projects")
            help: qsTr("Their whole histories; the copy becomes larger.")
            Toggle { id: projects; objectName: "sealedProjects"; text: qsTr("With the files of the projects") }
        }
        SecretField { id: phrase; objectName: "sealedPhrase"; width: parent.width; label: qsTr("Passphrase"); onAccepted: again.input.forceActiveFocus() }
        SecretField {
            id: again
            objectName: "sealedAgain"
            width: parent.width
            label: qsTr("The same once more")
            problem: text !== "" && text !== phrase.text ? qsTr("The two passphrases are not the same.") : ""
            onAccepted: copying.send()
        }
        Problem { asking: part.sealed.asking }
        actions: [
            PillButton { text: qsTr("Cancel"); onClicked: copying.close() },
            PillButton { objectName: "sealedMake"; kind: "primary"; enabled: copying.ready; text: qsTr("Make the copy"); onClicked: copying.send() }
        ]
    }
    Dialog {
        id: restoring
        objectName: "sealedRestoreDialog"
        function send() {
            if (key.text !== "")
                part.sealed.restore(part.address, key.text)
        }
        title: qsTr("Replace the memory with this copy?")
        widest: Theme.px(480)
        onAboutToShow: key.clear()
        onOpened: key.input.forceActiveFocus()
        onClosed: { key.clear(); part.sealed.asking.forget() }
        HonestText { objectName: "sealedSource"; width: parent.width; foreign: part.place; font: Theme.captionFont; color: Theme.textSecondary }
        Words {
            objectName: "sealedQuestion"
            width: parent.width
            wrapMode: Text.Wrap
            text: qsTr("The copy is opened and checked first; if anything is wrong with it, nothing is changed. Then chats and documents are what they were when the copy was made, and so are the files of projects if the copy holds them. The memory as it is now is kept as a backup. What is being worked on stops, and MultiCoder starts anew.")
        }
        SecretField { id: key; objectName: "sealedKey"; width: parent.width; label: qsTr("Passphrase of the copy"); onAccepted: restoring.send() }
        Problem { asking: part.sealed.asking }
        actions: [
            PillButton { text: qsTr("Cancel"); onClicked: restoring.close() },
            PillButton { objectName: "sealedReplace"; kind: "danger"; enabled: key.text !== ""; text: qsTr("Replace the memory"); onClicked: restoring.send() }
        ]
    }
    Loader {
        id: saver
        active: false
        sourceComponent: FileDialog {
            objectName: "sealedSaver"
            fileMode: FileDialog.SaveFile
            options: FileDialog.DontConfirmOverwrite // the engine never writes over a file, and says so
            title: qsTr("Make a sealed copy of the memory")
            nameFilters: [qsTr("Sealed copies (*.mcmemory)")]
            defaultSuffix: "mcmemory"
            selectedFile: part.sealed.suggested()
            Component.onCompleted: open()
            onAccepted: part.take(saver, selectedFile, copying)
            onRejected: saver.active = false
        }
    }
    Loader {
        id: keeper
        active: false
        sourceComponent: FolderDialog {
            objectName: "sealedKeeper"
            title: qsTr("A folder for sealed copies")
            Component.onCompleted: open()
            onAccepted: part.take(keeper, selectedFolder, copying)
            onRejected: keeper.active = false
        }
    }
    Loader {
        id: reader
        active: false
        sourceComponent: FileDialog {
            objectName: "sealedReader"
            title: qsTr("Choose a sealed copy")
            nameFilters: [qsTr("Sealed copies (*.mcmemory)"), qsTr("All files (*)")]
            Component.onCompleted: open()
            onAccepted: part.take(reader, selectedFile, restoring)
            onRejected: reader.active = false
        }
    }
    Loader {
        id: finder
        active: false
        sourceComponent: FolderDialog {
            objectName: "sealedFinder"
            title: qsTr("Choose a folder of sealed copies")
            Component.onCompleted: open()
            onAccepted: part.take(finder, selectedFolder, restoring)
            onRejected: finder.active = false
        }
    }
}
