import QtQuick
import "../../theme"

/* Blocks that were quoted. */
Item {
    id: quote

    required property var block
    property bool streaming: false
    property Item viewport: null
    property var moved: 0
    readonly property Item last: parts.itemAt(parts.count - 1)
    readonly property point tail: last ? Qt.point(inside.x + last.tail.x, last.y + last.tail.y) : Qt.point(0, height)
    signal linkActivated(string url)
    signal saveRequested(string code, string language)
    signal openRequested(string code, string language)

    objectName: "quoteBlock"
    implicitHeight: inside.height

    Rectangle {
        width: Theme.gapSmall
        height: parent.height
        radius: width / 2
        color: Theme.border
    }
    Column {
        id: inside
        x: Theme.iconLarge
        width: parent.width - x
        Repeater {
            id: parts
            model: Counted { wanted: quote.block.blocks ? quote.block.blocks.length : 0 }
            Item {
                id: part
                required property int index
                readonly property var block: quote.block.blocks[index] ?? ({})
                readonly property real gap: index === 0 || block.joined === true ? 0 : Theme.padding
                readonly property point tail: view.item ? Qt.point(view.item.tail.x, view.y + view.item.tail.y) : Qt.point(0, 0)
                width: inside.width
                height: gap + view.height

                // By its address: a type that contains itself cannot be named.
                Loader {
                    id: view
                    y: part.gap
                    width: parent.width
                    height: item ? item.implicitHeight : 0
                    source: "BlockView.qml"
                    onLoaded: {
                        item.block = Qt.binding(() => part.block)
                        item.streaming = Qt.binding(() => quote.streaming && part === quote.last)
                        item.viewport = Qt.binding(() => quote.viewport)
                        item.moved = Qt.binding(() => [quote.moved, part.y])
                    }
                }
                Connections {
                    target: view.item
                    function onLinkActivated(url) { quote.linkActivated(url) }
                    function onSaveRequested(code, language) { quote.saveRequested(code, language) }
                    function onOpenRequested(code, language) { quote.openRequested(code, language) }
                }
            }
        }
    }
}
