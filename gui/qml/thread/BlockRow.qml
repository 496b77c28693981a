import QtQuick
import "../theme"

/* One block of an answer, at the full width of the column. */
Item {
    id: entry

    required property Item row
    readonly property var block: row.content.block ?? {}
    readonly property bool streaming: row.content.streaming === true
    readonly property real gap: row.content.first ? Theme.gapLarge : block.type === "heading" ? Theme.px(24) : Theme.padding

    readonly property string fresh: streaming ? row.rowKey : ""

    implicitHeight: gap + view.height

    onFreshChanged: if (fresh !== "") fade.restart()

    Loader {
        id: view
        y: entry.gap
        width: parent.width
        height: item ? item.implicitHeight : 0
        source: entry.row.thread.part("thread/blocks/BlockView.qml")
        sourceComponent: source == "" ? bare : undefined
        onLoaded: if (source != "") item.block = Qt.binding(() => entry.block)
    }
    Component {
        id: bare
        SelectableText {
            text: entry.block.plain ?? entry.block.text ?? ""
            color: Theme.prose
            line: Theme.proseLine
        }
    }
    NumberAnimation {
        id: fade
        target: entry
        property: "opacity"
        from: 0
        to: 1
        duration: Theme.contentFade
    }
    Rectangle {
        id: dot
        visible: entry.streaming
        anchors.top: parent.bottom
        anchors.topMargin: Theme.gap
        width: Theme.gap
        height: width
        radius: width / 2
        color: Theme.text
    }
}
