import QtQuick
import "../../theme"

/* The words of one cell. */
TextEdit {
    id: cell

    required property int index
    required property Item table
    required property var cells
    required property string plain
    required property bool head
    readonly property real before: index === 0 ? 0 : Theme.px(10)
    property int current: -1

    x: table.edge(index) + before
    width: Math.max(1, (table.widths[index] ?? 1) - before - Theme.px(10))
    text: table.cell(cells[index], index, current)
    textFormat: TextEdit.RichText
    wrapMode: TextEdit.Wrap
    readOnly: true
    selectByMouse: true
    activeFocusOnTab: links > 0
    font: head ? Theme.uiStrong : Theme.uiFont
    color: Theme.prose
    selectionColor: Theme.selection
    selectedTextColor: color
    Accessible.role: head ? Accessible.ColumnHeader : Accessible.Cell
    Accessible.name: plain
    Accessible.readOnly: true

    readonly property int links: (cells[index] ?? "").split("<a ").length - 1

    function follow(link) {
        const number = Number(link.replace("mc:", ""))
        if (number >= 0 && number < table.block.links.length)
            table.linkActivated(table.block.links[number])
    }

    onLinkActivated: link => follow(link)
    onLinkHovered: link => current = link === "" ? -1 : Number(link.replace("mc:", ""))
    onActiveFocusChanged: {
        if (!activeFocus)
            deselect()
        const first = /mc:(\d+)/.exec(cells[index] ?? "")
        current = activeFocus && first && (focusReason === Qt.TabFocusReason || focusReason === Qt.BacktabFocusReason) ? Number(first[1]) : -1
    }
    Keys.onReturnPressed: event => {
        event.accepted = current >= 0
        if (event.accepted)
            follow("mc:" + current)
    }
    Keys.onPressed: event => {
        event.accepted = event.matches(StandardKey.Copy)
        if (event.accepted)
            App.markdown.copy(App.markdown.selection({"type": "paragraph", "html": cells[index], "links": table.block.links}, selectionStart, selectionEnd))
    }
    HoverHandler {
        cursorShape: cell.hoveredLink !== "" ? Qt.PointingHandCursor : Qt.IBeamCursor
    }
}
