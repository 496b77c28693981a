import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"

/* A menu; its entries are `MenuEntry`, `MenuLine` between groups. In another menu it is an entry with `iconName`. */
Basic.Menu {
    id: menu

    property string iconName
    /* Go to the next entry that begins with a letter; false when there is none. */
    function seek(letter) {
        for (let step = 1; step <= count; ++step) {
            const place = (Math.max(0, currentIndex) + step) % count
            const entry = itemAt(place)
            if (entry && entry.enabled && entry.visible && entry.text && entry.text.toLowerCase().startsWith(letter.toLowerCase())) {
                currentIndex = place
                return true
            }
        }
        return false
    }

    property real slid: 0
    readonly property Translate shift: Translate { y: menu.slid }

    padding: Theme.px(6)
    margins: Theme.gap
    overlap: Theme.gapSmall
    implicitWidth: Math.max(Theme.px(180), contentWidth + 2 * padding)
    contentWidth: {
        let widest = 0
        for (let number = 0; number < count; ++number) {
            const entry = itemAt(number)
            if (entry)
                widest = Math.max(widest, entry.implicitWidth)
        }
        return Math.min(widest, Theme.px(420))
    }
    enter: Transition {
        NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.fast }
        // Away from what it was opened from.
        NumberAnimation {
            property: "slid"
            from: menu.y < 0 ? Theme.gapSmall : -Theme.gapSmall
            to: 0
            duration: Theme.fast
            easing.bezierCurve: Theme.easing
        }
    }
    exit: Transition {
        NumberAnimation { property: "opacity"; from: 1; to: 0; duration: Theme.fast }
    }
    delegate: MenuEntry { iconName: subMenu ? subMenu.iconName : "" }
    onAboutToShow: contentItem.parent.transform = [shift]
    background: Item {
        implicitWidth: Theme.px(180)
        Shadow { target: sheet }
        Rectangle {
            id: sheet
            anchors.fill: parent
            color: Theme.raised
            radius: Theme.menuRadius
            border.width: Theme.hairline
            border.color: Theme.borderLight
        }
    }
}
