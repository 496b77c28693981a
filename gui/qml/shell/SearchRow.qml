import QtQuick
import "../theme"
import "../controls"

/* One find of the search: title, project and date, and the words around it. */
Rectangle {
    id: row

    property string icon_
    property string title
    property string snippet
    property var pieces: []
    property string date
    property string shelf
    property bool chosen: false
    signal pointed()
    signal taken()

    objectName: "searchRow"
    implicitHeight: Math.max(Theme.px(44), texts.implicitHeight + Theme.padding)
    radius: Theme.rowRadius
    color: chosen ? Theme.selected : Theme.clear
    Accessible.role: Accessible.ListItem
    Accessible.name: [title, shelf && qsTr("Project %1").arg(shelf), date, snippet].filter(part => part).join(", ")
    Accessible.selected: chosen
    Accessible.onPressAction: taken()
    HoverHandler {
        cursorShape: Qt.PointingHandCursor
        onHoveredChanged: if (hovered) row.pointed()
    }
    TapHandler { onTapped: row.taken() }
    Icon {
        id: picture
        anchors.left: parent.left
        anchors.leftMargin: Theme.padding
        anchors.verticalCenter: parent.verticalCenter
        name: row.icon_
        colour: Theme.iconSecondary
    }
    Column {
        id: texts
        anchors.left: picture.right
        anchors.leftMargin: Theme.gapLarge
        anchors.right: place.visible ? place.left : when.left
        anchors.rightMargin: Theme.gapLarge
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.px(2)
        Words {
            width: parent.width
            text: row.title
            elide: Text.ElideRight
            horizontalAlignment: Text.AlignLeft
            Accessible.ignored: true
        }
        Snippet {
            visible: row.snippet !== ""
            width: parent.width
            pieces: row.pieces
        }
    }
    Row {
        id: place
        objectName: "searchShelf"
        visible: row.shelf !== ""
        anchors.right: when.left
        anchors.rightMargin: Theme.gapLarge
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.gapSmall
        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: "folder"
            size: Theme.iconSmall
            colour: Theme.iconSecondary
        }
        Words {
            width: Math.min(implicitWidth, row.width / 4)
            text: row.shelf
            font: Theme.captionFont
            color: Theme.textSecondary
            elide: Text.ElideRight
            Accessible.ignored: true
        }
    }
    Words {
        id: when
        anchors.right: parent.right
        anchors.rightMargin: Theme.padding
        anchors.verticalCenter: parent.verticalCenter
        text: row.date
        font: Theme.captionFont
        color: Theme.textTertiary
        Accessible.ignored: true
    }
}
