import QtQuick
import "../../theme"
import "../../controls"

/* A table: it takes the width of the column, and scrolls sideways inside it when that is not enough. */
Item {
    id: root

    required property var block
    readonly property int folded: 40
    readonly property int total: block.rows ? block.rows.length : 0
    readonly property int columns: block.head ? block.head.length : 0
    property bool unfolded: false
    readonly property int shownRows: unfolded ? total : Math.min(total, folded)
    readonly property Markup markup: Markup {}
    readonly property var widths: (strong.height, fitted(width))
    readonly property real wide: widths.reduce((sum, one) => sum + one, 0)
    property bool copied: false
    property bool equipped: false
    signal linkActivated(string url)

    /* Every column as wide as its longest cell wants to be, up to a limit; what is left over goes to all. */
    function fitted(room) {
        const found = new Array(columns).fill(Theme.px(48))
        const plain = (block.plain ?? []).slice(0, shownRows + 1)
        for (const row of plain)
            for (let column = 0; column < Math.min(columns, row.length); ++column)
                found[column] = Math.max(found[column], Math.min(Theme.px(320), strong.advanceWidth(row[column].slice(0, 80)) + Theme.px(24)))
        const left = room - found.reduce((sum, one) => sum + one, 0)
        return left > 0 ? found.map(one => Math.floor(one + left / columns)) : found
    }

    function edge(column) {
        let sum = 0
        for (let number = 0; number < column; ++number)
            sum += widths[number]
        return sum
    }

    function cell(html, column, current) {
        return markup.paragraph(markup.styled(html ?? "", Theme.uiFont.pixelSize, current), Theme.uiLine, 0, 0, block.align[column])
    }

    objectName: "tableBlock"
    implicitHeight: flick.height + (more.active ? more.height + Theme.gapSmall : 0)
    Accessible.role: Accessible.Table
    Accessible.name: qsTr("Table with %n rows", "", total)

    FontMetrics {
        id: strong
        font: Theme.uiMedium
    }
    Flickable {
        id: flick
        width: parent.width
        height: rows.height + (contentWidth > width ? Theme.gapLarge : 0)
        contentWidth: Math.max(width, root.wide)
        contentHeight: rows.height
        flickableDirection: Flickable.HorizontalFlick
        boundsBehavior: Flickable.StopAtBounds
        acceptedButtons: Qt.NoButton
        clip: contentWidth > width
        SlimScrollBar {
            orientation: Qt.Horizontal
            parent: flick
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            size: flick.visibleArea.widthRatio
            position: flick.visibleArea.xPosition
            onPositionChanged: if (pressed) flick.contentX = position * flick.contentWidth
        }

        Column {
            id: rows
            width: flick.contentWidth
            Repeater {
                model: Counted { wanted: root.columns ? root.shownRows + 1 : 0 }
                Item {
                    id: row
                    required property int index
                    readonly property bool head: index === 0
                    readonly property var cells: head ? root.block.head : root.block.rows[index - 1] ?? []
                    readonly property var plain: root.block.plain[index] ?? []
                    width: rows.width
                    height: line.childrenRect.height + 2 * Theme.gap + Theme.hairline

                    Item {
                        id: line
                        y: Theme.gap
                        width: parent.width
                        Repeater {
                            model: root.columns
                            TableCell {
                                table: root
                                cells: row.cells
                                plain: row.plain[index] ?? ""
                                head: row.head
                            }
                        }
                    }
                    Rectangle {
                        anchors.bottom: parent.bottom
                        width: parent.width
                        height: Theme.hairline
                        color: row.head ? Theme.border : Theme.borderLight
                    }
                }
            }
        }
    }
    // Afterwards: while an answer streams, the rows are what one waits for.
    Loader {
        active: root.equipped
        anchors.right: parent.right
        anchors.top: parent.top
        sourceComponent: IconButton {
            objectName: "copyTable"
            opacity: hover.hovered || activeFocus ? 1 : 0
            size: Theme.smallButton
            iconSize: Theme.iconSmall
            fill: Theme.page
            iconName: root.copied ? "check" : "copy"
            text: root.copied ? qsTr("Copied") : qsTr("Copy table")
            onClicked: {
                App.markdown.copyTable(root.block)
                root.copied = true
                soon.restart()
            }
            Behavior on opacity { NumberAnimation { duration: Theme.fast } }
        }
    }
    Timer {
        running: !root.equipped
        interval: 30
        onTriggered: root.equipped = true
    }
    Timer {
        id: soon
        interval: 2000
        onTriggered: root.copied = false
    }
    Loader {
        id: more
        active: root.shownRows < root.total
        anchors.bottom: parent.bottom
        sourceComponent: PillButton {
            objectName: "showRows"
            text: qsTr("Show all %n rows", "", root.total)
            onClicked: root.unfolded = true
        }
    }
    HoverHandler { id: hover }
}
