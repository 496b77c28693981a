import QtQuick
import "../theme"
import "blocks"

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

    BlockView {
        id: view
        y: entry.gap
        width: parent.width
        height: implicitHeight
        block: entry.block
        streaming: entry.streaming
        viewport: entry.row.thread.viewport
        moved: entry.row.thread.shift + entry.row.y
        onLinkActivated: url => App.links.follow(url)
        onSaveRequested: (code, language) => entry.row.thread.saveCode(code, language)
        onOpenRequested: (code, language) => entry.row.thread.openCode(code, language)
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
        objectName: "streamingDot"
        visible: entry.streaming
        x: view.tail.x + (view.tail.x > 0 ? Theme.gapSmall : 0)
        y: view.y + view.tail.y - height / 2
        width: Theme.gap
        height: width
        radius: width / 2
        color: Theme.text
    }
}
