import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"

/* A long list of models, narrowed by what is typed; each is taken or left with a click or the space bar. */
Dialog {
    id: dialog

    property var offered: []
    property var chosen: []
    property string help
    property bool fetches: false
    readonly property var found: offered.filter(model => model.toLowerCase().includes(search.text.trim().toLowerCase()))
    signal toggled(string model)
    signal fetching()

    objectName: "modelsDialog"
    title: qsTr("Choose models")
    widest: Theme.px(520)
    onAboutToShow: search.text = ""
    onOpened: search.input.forceActiveFocus()
    Note { visible: text !== ""; width: parent.width; text: dialog.help }
    Field {
        id: search
        objectName: "modelSearch"
        width: parent.width
        placeholder: qsTr("Search models")
        input.Keys.onDownPressed: { list.currentIndex = 0; list.forceActiveFocus(Qt.TabFocusReason) }
    }
    ListView {
        id: list
        objectName: "modelList"
        width: parent.width
        height: Math.min(count * Theme.rowHeight, Theme.px(320))
        model: dialog.found
        clip: true
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        highlightMoveDuration: 0
        Basic.ScrollBar.vertical: SlimScrollBar {}
        Accessible.role: Accessible.List
        Accessible.name: dialog.title
        Keys.onSpacePressed: if (currentItem) currentItem.clicked()
        Keys.onReturnPressed: if (currentItem) currentItem.clicked()
        delegate: Basic.AbstractButton {
            id: entry
            required property string modelData
            required property int index
            readonly property bool taken: dialog.chosen.includes(modelData)
            objectName: "modelEntry"
            width: ListView.view.width
            implicitHeight: Theme.rowHeight
            focusPolicy: Qt.NoFocus
            hoverEnabled: true
            text: App.desktop.oneLine(modelData)
            Accessible.role: Accessible.CheckBox
            Accessible.name: text
            Accessible.checked: taken
            onClicked: { list.currentIndex = index; dialog.toggled(modelData) }
            background: Rectangle {
                radius: Theme.rowRadius
                color: entry.hovered || (entry.ListView.isCurrentItem && list.activeFocus) ? Theme.hover : Theme.clear
            }
            contentItem: Item {
                Words { x: Theme.gap; anchors.verticalCenter: parent.verticalCenter; width: parent.width - Theme.px(40); text: entry.text; elide: Text.ElideMiddle; Accessible.ignored: true }
                Icon { visible: entry.taken; anchors.right: parent.right; anchors.rightMargin: Theme.gap; anchors.verticalCenter: parent.verticalCenter; name: "check"; size: Theme.iconSmall }
            }
        }
    }
    Note { visible: list.count === 0; width: parent.width; text: qsTr("Nothing found.") }
    actions: [
        PillButton { objectName: "modelsFetch"; visible: dialog.fetches; text: qsTr("Fetch the lists"); onClicked: dialog.fetching() },
        PillButton { objectName: "modelsDone"; kind: "primary"; text: qsTr("Done"); onClicked: dialog.close() }
    ]
}
