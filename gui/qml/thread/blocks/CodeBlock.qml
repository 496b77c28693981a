import QtQuick
import "../../theme"
import "../../controls"

/* Code: as wide as the column, scrolled sideways inside, its header in sight as long as any of it is. */
Rectangle {
    id: root

    required property var block
    property bool streaming: false
    property Item viewport: null
    property var moved: 0
    readonly property int chunkRows: 50
    readonly property int folded: 400
    readonly property string text: block.text ?? ""
    readonly property string language: block.language ?? ""
    readonly property var rows: App.markdown.lines(text)
    readonly property int shownRows: unfolded ? rows.length : Math.min(rows.length, folded)
    property var colours: []
    property bool unfolded: false
    property bool copied: false
    property bool equipped: false
    property string beginning
    /* What is selected: where it began and where it goes to. */
    property var anchor: ({"row": 0, "column": 0})
    property var cursor: anchor
    readonly property var ordered: anchor.row < cursor.row || (anchor.row === cursor.row && anchor.column <= cursor.column)
        ? [anchor, cursor] : [cursor, anchor]
    readonly property real letter: (letters.height, letters.advanceWidth("0"))
    readonly property real lift: Math.round((Theme.codeLine - letters.height) / 2)
    readonly property real widest: {
        let found = ""
        for (let number = 0; number < shownRows; ++number)
            if (rows[number].length > found.length)
                found = rows[number]
        return letters.advanceWidth(found.replace(/\t/g, "    ")) + letter
    }
    /* How far the top of this is above the top of what is in sight. */
    readonly property real above: [moved, height, viewport ? viewport.height : 0] && viewport ? -mapToItem(viewport, 0, 0).y : 0
    readonly property real inSight: viewport ? viewport.height : height
    readonly property int firstNear: viewport ? Math.floor((above - inSight / 2) / (chunkRows * Theme.codeLine)) : 0
    readonly property int lastNear: viewport ? Math.floor((above + 1.5 * inSight) / (chunkRows * Theme.codeLine)) : Math.ceil(rows.length / chunkRows)
    readonly property Markup markup: Markup {}
    signal saveRequested(string code, string language)
    signal openRequested(string code, string language)

    function markupOf(from, to) {
        const known = colours.length === rows.length && colours.length > 0
        const body = known ? markup.coloured(colours.slice(from, to)) : rows.slice(from, to).map(markup.escaped).join("<br>")
        return "<p style=\"margin:0;white-space:pre;line-height:" + markup.pixels(Theme.codeLine)
            + (body === "" ? ";-qt-paragraph-type:empty\"><br /></p>" : "\">" + body + "</p>")
    }

    /* Colours are asked for once nothing more comes; until they are there the code is shown plain. */
    function paint() {
        colours = language !== "" && (block.closed || !streaming) ? App.markdown.colours(language, text) : []
    }

    /* Items are used again for other blocks. */
    function renew() {
        if (!text.startsWith(beginning)) {
            unfolded = false
            copied = false
            flick.contentX = 0
            anchor = {"row": 0, "column": 0}
            cursor = anchor
        }
        beginning = text.slice(0, 200)
    }

    function placeAt(x, y) {
        const row = Math.max(0, Math.min(shownRows - 1, Math.floor(y / Theme.codeLine)))
        const chunk = chunks.itemAt(Math.floor(row / chunkRows))
        return {"row": row, "column": chunk ? chunk.columnAt(x, row) : 0}
    }

    function selectWord(place) {
        const line = rows[place.row]
        let start = place.column, end = place.column
        while (start > 0 && /\w/.test(line[start - 1])) --start
        while (end < line.length && /\w/.test(line[end])) ++end
        anchor = {"row": place.row, "column": start}
        cursor = {"row": place.row, "column": end}
    }

    function selectAll() {
        anchor = {"row": 0, "column": 0}
        cursor = {"row": rows.length - 1, "column": rows[rows.length - 1].length}
    }

    function selectedText() {
        return App.markdown.code(text, ordered[0].row, ordered[0].column, ordered[1].row, ordered[1].column)
    }

    function extend(event) {
        let row = cursor.row, column = cursor.column
        switch (event.key) {
        case Qt.Key_Up: --row; break
        case Qt.Key_Down: ++row; break
        case Qt.Key_Left: --column; break
        case Qt.Key_Right: ++column; break
        case Qt.Key_Home: column = 0; break
        case Qt.Key_End: column = Infinity; break
        default: return false
        }
        row = Math.max(0, Math.min(shownRows - 1, row))
        cursor = {"row": row, "column": Math.max(0, Math.min(rows[row].length, column))}
        return true
    }

    function press(event) {
        event.accepted = true
        if (event.matches(StandardKey.Copy))
            App.markdown.copy(selectedText())
        else if (event.matches(StandardKey.SelectAll))
            selectAll()
        else if (event.modifiers & Qt.ShiftModifier)
            event.accepted = extend(event)
        else if (event.key === Qt.Key_Left || event.key === Qt.Key_Right)
            flick.contentX = Math.max(0, Math.min(flick.contentWidth - flick.width, flick.contentX + (event.key === Qt.Key_Left ? -1 : 1) * 4 * letter))
        else
            event.accepted = false
    }

    objectName: "codeBlock"
    implicitHeight: header.height + body.height + (more.active ? more.height + Theme.gapLarge : 0)
    radius: Theme.cardRadius
    color: Theme.code
    border.width: Theme.hairline
    border.color: Theme.borderLight
    onTextChanged: renew()
    onBlockChanged: paint()
    onStreamingChanged: paint()
    Component.onCompleted: {
        renew()
        paint()
    }

    FontMetrics {
        id: letters
        font: Theme.codeFont
    }
    Connections {
        target: App.markdown
        function onColoured(language, text) {
            if (language === root.language && text === root.text)
                root.paint()
        }
    }
    Flickable {
        id: flick
        y: header.height
        x: Theme.hairline
        width: parent.width - 2 * x
        height: body.height
        contentWidth: Math.max(width, root.widest + 2 * Theme.padding)
        contentHeight: height
        flickableDirection: Flickable.HorizontalFlick
        boundsBehavior: Flickable.StopAtBounds
        acceptedButtons: Qt.NoButton
        clip: true

        Item {
            id: body
            width: flick.contentWidth
            height: Math.max(1, root.shownRows) * Theme.codeLine + Theme.padding + Theme.gapSmall
            objectName: "codeBody"
            activeFocusOnTab: true
            Keys.onPressed: event => root.press(event)
            Accessible.role: Accessible.StaticText
            Accessible.name: qsTr("Code: %1").arg(root.text.slice(0, 2000))
            Accessible.readOnly: true
            Accessible.focusable: true
            onActiveFocusChanged: if (!activeFocus) root.cursor = root.anchor

            Item {
                id: lines
                x: Theme.padding
                y: Theme.gapSmall
                width: parent.width - 2 * x
                Repeater {
                    id: chunks
                    model: Counted { wanted: Math.ceil(root.shownRows / root.chunkRows) }
                    CodeChunk { code: root }
                }
            }
            MouseArea {
                anchors.fill: parent
                cursorShape: Qt.IBeamCursor
                preventStealing: true
                function place(mouse) {
                    return root.placeAt(mouse.x - lines.x, mouse.y - lines.y)
                }
                onPressed: mouse => {
                    body.forceActiveFocus(Qt.MouseFocusReason)
                    root.cursor = place(mouse)
                    if (!(mouse.modifiers & Qt.ShiftModifier))
                        root.anchor = root.cursor
                }
                onPositionChanged: mouse => root.cursor = place(mouse)
                onDoubleClicked: mouse => root.selectWord(place(mouse))
            }
        }
    }
    SlimScrollBar {
        orientation: Qt.Horizontal
        anchors.left: flick.left
        anchors.right: flick.right
        anchors.bottom: flick.bottom
        anchors.leftMargin: Theme.gapLarge
        anchors.rightMargin: Theme.gapLarge
        size: flick.visibleArea.widthRatio
        position: flick.visibleArea.xPosition
        onPositionChanged: if (pressed) flick.contentX = position * flick.contentWidth
    }
    Loader {
        id: more
        active: root.shownRows < root.rows.length
        anchors.horizontalCenter: parent.horizontalCenter
        y: header.height + body.height
        sourceComponent: PillButton {
            objectName: "showLines"
            text: qsTr("Show all %n lines", "", root.rows.length)
            onClicked: root.unfolded = true
        }
    }
    Rectangle {
        id: header
        objectName: "codeHeader"
        x: Theme.hairline
        y: root.inSight < root.height ? Math.max(Theme.hairline, Math.min(root.above, root.height - height - Theme.cardRadius)) : Theme.hairline
        width: parent.width - 2 * x
        height: Theme.px(38)
        color: Theme.code
        topLeftRadius: root.radius
        topRightRadius: root.radius

        Text {
            anchors.left: parent.left
            anchors.leftMargin: Theme.padding
            anchors.right: tools.left
            anchors.verticalCenter: parent.verticalCenter
            text: root.language || qsTr("text")
            textFormat: Text.PlainText
            elide: Text.ElideRight
            font: Theme.captionFont
            color: Theme.textSecondary
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
        // Afterwards: while an answer streams, the code itself is what one waits for.
        Loader {
            id: tools
            active: root.equipped
            anchors.right: parent.right
            anchors.rightMargin: Theme.gap
            anchors.verticalCenter: parent.verticalCenter
            sourceComponent: Row {
                IconButton {
                    objectName: "saveCode"
                    size: Theme.smallButton
                    iconSize: Theme.iconSmall
                    colour: Theme.iconSecondary
                    iconName: "save"
                    text: qsTr("Save as")
                    onClicked: root.saveRequested(root.text, root.language)
                }
                IconButton {
                    objectName: "openCode"
                    size: Theme.smallButton
                    iconSize: Theme.iconSmall
                    colour: Theme.iconSecondary
                    iconName: "external"
                    text: qsTr("Open in an editor")
                    onClicked: root.openRequested(root.text, root.language)
                }
                LabelButton {
                    objectName: "copyCode"
                    iconName: root.copied ? "check" : "copy"
                    text: root.copied ? qsTr("Copied") : qsTr("Copy")
                    onClicked: {
                        App.markdown.copy(root.text)
                        root.copied = true
                        soon.restart()
                    }
                }
            }
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
}
