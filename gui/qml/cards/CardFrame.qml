import QtQuick
import "../theme"
import "../controls"

/* What every card looks like: stripe, icon, word, title, body. It takes the focus as a whole, none of its buttons. */
FocusScope {
    id: frame

    property color stripe: Theme.clear
    property string iconName
    property string word
    property color ink: Theme.text
    property string title
    property bool frozen: false
    property bool pressedByMouse: false
    readonly property real radius: Theme.cardRadius
    readonly property real stripeWidth: stripe.a > 0 ? Theme.px(4) : 0
    readonly property bool visualFocus: activeFocus && !pressedByMouse && frame.Window.activeFocusItem === frame
    property alias trailing: corner.data
    default property alias body: column.data

    // The window around the cards is theirs to ask, not theirs to know.
    function openDrawer(tab) {
        for (let at = parent; at; at = at.parent)
            if (typeof at.openDrawer === "function")
                return at.openDrawer(tab)
    }

    // A button that was pressed goes away with the answer: the keys belong to the card then, and not to nothing.
    function keepKeys() {
        const inside = frame.Window.activeFocusItem
        if (frame.activeFocus && inside !== frame) {
            inside.focus = false
            frame.forceActiveFocus(Qt.OtherFocusReason)
        }
    }

    implicitHeight: column.height + head.height + (head.height > 0 ? Theme.gapLarge : 0) + 2 * Theme.padding
    activeFocusOnTab: true
    Accessible.role: Accessible.Grouping
    Accessible.name: word ? word + ". " + title : title
    onActiveFocusChanged: if (!activeFocus) pressedByMouse = false

    Rectangle {
        anchors.fill: parent
        radius: frame.radius
        color: Theme.raised
        border.width: Theme.hairline
        border.color: Theme.border
    }
    Item {
        width: frame.stripeWidth
        height: parent.height
        clip: true
        Rectangle {
            width: 2 * radius
            height: parent.height
            radius: frame.radius
            color: frame.stripe
        }
    }
    TapHandler {
        onTapped: {
            frame.pressedByMouse = true
            frame.forceActiveFocus(Qt.MouseFocusReason)
        }
    }
    Item {
        id: head
        x: Theme.padding + frame.stripeWidth
        y: Theme.padding
        width: frame.width - x - Theme.padding
        height: frame.word || frame.title ? Math.max(names.height, corner.height) : 0
        visible: height > 0
        Icon {
            id: sign
            visible: frame.iconName !== ""
            y: Theme.px(1)
            name: frame.iconName
            colour: frame.ink
        }
        Column {
            id: names
            x: sign.visible ? Theme.px(28) : 0
            width: parent.width - x - corner.width - (corner.width > 0 ? Theme.gapLarge : 0)
            spacing: Theme.px(2)
            Words {
                objectName: "cardWord"
                visible: frame.word !== ""
                width: parent.width
                text: frame.word
                font: Theme.fontOf(14, 600)
                color: frame.ink
                wrapMode: Text.Wrap
            }
            HonestText {
                visible: frame.title !== ""
                width: parent.width
                foreign: frame.title
                font: Theme.titleFont
                oneLine: true
            }
        }
        Row {
            id: corner
            anchors.right: parent.right
            spacing: Theme.gapLarge
        }
    }
    Column {
        id: column
        x: head.x
        y: head.y + head.height + (head.height > 0 ? Theme.gapLarge : 0)
        width: head.width
        spacing: Theme.gapLarge
        opacity: frame.frozen ? 0.85 : 1
    }
    FocusRing { target: frame }
}
