import QtQuick
import QtQuick.Dialogs
import "../theme"
import "../controls"
import "../cards"

/* What stands over the list of the memory: its state, imports, the rules of the chat, search and filters. */
Column {
    id: head

    required property Item memoryPage
    property bool allPinned: false
    readonly property var facts: App.memory.facts
    readonly property bool known: facts.lines !== undefined
    readonly property int fewPinned: 5
    readonly property var vectorWords: ({
        "ready": qsTr("Search by meaning is ready"), "building": qsTr("Search by meaning is being built"),
        "degraded": qsTr("Search by meaning does not work; words are found all the same"), "off": qsTr("Search by meaning is off"),
    })

    function number(value) {
        return Number(value || 0).toLocaleString(Qt.locale(), "f", 0)
    }
    function size(value) {
        return Qt.locale().formattedDataSize(value || 0)
    }

    objectName: "memoryHead"
    spacing: Theme.gapLarge
    Problem { asking: App.memory.asking }
    Column {
        width: parent.width
        spacing: Theme.gapSmall
        Words {
            objectName: "memoryCounts"
            width: parent.width
            wrapMode: Text.Wrap
            text: head.known ? qsTr("%1 messages and %2 documents, %3 lines").arg(head.number(head.facts.messages)).arg(head.number(head.facts.documents)).arg(head.number(head.facts.lines))
                : qsTr("One moment ...")
        }
        Note {
            objectName: "memorySizes"
            visible: head.known
            width: parent.width
            text: qsTr("%1 of documents kept; archive and indexes take %2 on the disk").arg(head.size(head.facts.bytesKept)).arg(head.size(head.facts.bytesUsed))
        }
        Row {
            visible: head.known
            spacing: Theme.gap
            Lamp {
                anchors.verticalCenter: parent.verticalCenter
                light: head.facts.lost ? "down" : "ok"
                size: Theme.iconTiny
            }
            Words {
                objectName: "memoryLost"
                text: qsTr("Lost lines: %1").arg(head.number(head.facts.lost))
                color: head.facts.lost ? Theme.errorInk : Theme.text
            }
        }
        Row {
            visible: head.known
            spacing: Theme.gap
            Lamp {
                y: (Theme.uiLine - height) / 2
                light: ({"ready": "ok", "building": "degraded", "degraded": "degraded"})[head.facts.vectors] || "unknown"
                size: Theme.iconTiny
            }
            Column {
                width: head.width - Theme.iconTiny - Theme.gap
                Words {
                    objectName: "memoryVectors"
                    width: parent.width
                    wrapMode: Text.Wrap
                    text: head.vectorWords[head.facts.vectors] || ""
                }
                Note {
                    width: parent.width
                    visible: head.facts.vectors === "building" || head.facts.vectors === "ready"
                    text: qsTr("%1 of %2 lines").arg(head.number(head.facts.embedded)).arg(head.number(head.facts.indexed))
                }
                HonestText {
                    width: parent.width
                    visible: foreign !== ""
                    foreign: head.facts.trouble || ""
                    font: Theme.captionFont
                    color: Theme.warningInk
                }
            }
        }
    }
    Flow {
        width: parent.width
        spacing: Theme.gap
        PillButton {
            objectName: "memoryFiles"
            iconName: "paperclip"
            text: qsTr("Import files ...")
            onClicked: files.active = true
        }
        PillButton {
            objectName: "memoryFolder"
            iconName: "folder-plus"
            text: qsTr("Import a folder ...")
            onClicked: folder.active = true
        }
        PillButton {
            objectName: "memoryRebuild"
            iconName: "refresh"
            text: qsTr("Rebuild the index")
            onClicked: App.memory.rebuild()
        }
    }
    Note {
        width: parent.width
        text: qsTr("Or drop files and folders onto this page. The index is made from what is kept; rebuilding it loses nothing.")
    }
    Column {
        width: parent.width
        Problem { asking: App.engineSettings.asking }
        Repeater {
            model: App.engineSettings
            EngineSetting { visible: model.group === "memory" }
        }
    }
    Column {
        width: parent.width
        visible: childrenRect.height > 0
        Repeater {
            model: App.tasks
            Loader {
                id: work
                required property var model
                width: head.width
                active: !model.ended && ["ingest", "memory-rebuild", "memory-copy", "memory-restore"].includes(model.kind)
                visible: active
                sourceComponent: TaskRow {
                    objectName: "memoryTask"
                    width: head.width
                    model: work.model
                    task: work.model.task
                    title: work.model.title
                    kind: work.model.kind
                    reason: work.model.reason
                    progress: work.model.progress
                    step: work.model.step
                    priority: work.model.priority
                    ended: work.model.ended
                    tasks: App.tasks
                }
            }
        }
    }
    SealedPart { width: parent.width }
    Column {
        objectName: "memoryPinned"
        width: parent.width
        spacing: Theme.gap
        SectionTitle { text: qsTr("Rules and decisions of this chat") }
        Note {
            width: parent.width
            visible: App.memory.pinned.count === 0
            text: App.chats.current === "" ? qsTr("Open a chat to see what it has decided.") : qsTr("None yet. What you decide in a chat is put before every model that works on it.")
        }
        Repeater {
            model: App.memory.pinned
            PinnedRow {
                required property int index
                width: head.width
                visible: head.allPinned || index < head.fewPinned
            }
        }
        PillButton {
            objectName: "memoryAllPinned"
            visible: App.memory.pinned.count > head.fewPinned
            implicitHeight: Theme.smallButton
            text: head.allPinned ? qsTr("Show fewer") : qsTr("Show all %1").arg(App.memory.pinned.count)
            onClicked: head.allPinned = !head.allPinned
        }
    }
    SectionTitle { text: qsTr("What is kept") }
    Field {
        objectName: "memorySearch"
        width: parent.width
        placeholder: qsTr("Search the lines of everything")
        input.onTextEdited: App.memory.ask(text)
    }
    Flow {
        width: parent.width
        visible: !head.memoryPage.searching
        spacing: Theme.gap
        Choice {
            objectName: "memoryKind"
            implicitHeight: Theme.smallButton
            label: qsTr("Kind")
            options: ["", "dialogue", "docs", "code", "errors"].map(value => ({value: value, text: head.memoryPage.kindWords[value]}))
            value: App.memory.kind
            onChosen: value => App.memory.choose(value, App.memory.standing)
        }
        Choice {
            objectName: "memoryStanding"
            implicitHeight: Theme.smallButton
            label: qsTr("State")
            options: ["", "kept", "quarantined", "forgotten"].map(value => ({value: value, text: head.memoryPage.standingWords[value]}))
            value: App.memory.standing
            onChosen: value => App.memory.choose(App.memory.kind, value)
        }
    }
    Loader {
        id: files
        active: false
        sourceComponent: FileDialog {
            objectName: "memoryFileDialog"
            title: qsTr("Import files")
            fileMode: FileDialog.OpenFiles
            Component.onCompleted: open()
            onAccepted: { App.memory.take(selectedFiles); files.active = false }
            onRejected: files.active = false
        }
    }
    Loader {
        id: folder
        active: false
        sourceComponent: FolderDialog {
            objectName: "memoryFolderDialog"
            title: qsTr("Import a folder")
            Component.onCompleted: open()
            onAccepted: { App.memory.take([selectedFolder]); folder.active = false }
            onRejected: folder.active = false
        }
    }
}
