import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* A page of the drawer: things below each other, scrolled when there are many; what gets the focus comes into view. */
Flickable {
    id: page

    default property alias body: column.data
    property alias column: column

    contentWidth: width
    contentHeight: column.height + 2 * Theme.padding
    boundsBehavior: Flickable.StopAtBounds
    flickableDirection: Flickable.VerticalFlick
    clip: true
    Basic.ScrollBar.vertical: SlimScrollBar {}

    function reveal(item) {
        for (let parent = item; parent; parent = parent.parent) {
            if (parent === column) {
                const top = item.mapToItem(column, 0, 0).y + column.y
                if (top < contentY)
                    contentY = Math.max(0, top - Theme.padding)
                else if (top + item.height > contentY + height)
                    contentY = Math.min(contentHeight - height, top + item.height + Theme.padding - height)
                return
            }
        }
    }

    Connections {
        target: page.Window.window
        function onActiveFocusItemChanged() {
            const item = page.Window.activeFocusItem
            if (item && item.visualFocus === true)
                page.reveal(item)
        }
    }
    Column {
        id: column
        x: Theme.gapLarge
        y: Theme.padding
        width: page.width - 2 * x
        spacing: Theme.gapLarge
    }
}
