import QtQuick
import "../../theme"

/* Words of a message with their marks: selectable, copied as Markdown, with links that only tell they were chosen. */
Item {
    id: words

    property var block: ({})
    property var paragraphs: []
    property var links: []
    property font face: Theme.proseFont
    property real line: Theme.proseLine
    property color colour: Theme.prose
    property string plain
    property int current: -1
    readonly property alias edit: edit
    readonly property Markup markup: Markup {}
    /* Lines of a fixed height have their letters at the bottom; this puts them in the middle. */
    readonly property real lift: Math.round((line - letters.height) / 2)
    property var frames: []
    property var buttons: []
    property bool ready: false
    property bool laying: false
    signal linkActivated(string url)
    /* Every place in the words may be another one now. */
    signal laidOut()

    function show() {
        if (!ready)
            return
        laying = true
        const start = edit.selectionStart, end = edit.selectionEnd
        edit.text = paragraphs.map(part => markup.paragraph(markup.styled(part.html, face.pixelSize, current, links), line, part.above, part.indent)).join("")
        if (start !== end)
            edit.select(Math.min(start, edit.length), Math.min(end, edit.length))
        laying = false
        frame()
        button()
        laidOut()
    }

    /* The pieces of code in lines are framed behind the words: one rectangle for each piece in each line. */
    function frame() {
        const found = []
        const text = edit.text.indexOf(markup.side) < 0 ? "" : edit.getText(0, edit.length)
        for (let start = text.indexOf(markup.side); start >= 0 && found.length < 400; ) {
            const end = text.indexOf(markup.side, start + 1)
            if (end < 0)
                break
            frameRun(found, start, end + 1)
            start = text.indexOf(markup.side, end + 1)
        }
        if (found.length || frames.length)
            frames = found
    }

    /* Citations are small buttons: a frame behind the words, named for those who do not see it. */
    function button() {
        const found = []
        let from = 0
        const text = links.some(cited) ? edit.getText(0, edit.length) : ""
        for (const part of text === "" ? [] : paragraphs) {
            const anchor = /<a href="mc:(\d+)">([^<]*)<\/a>/g
            for (let link = anchor.exec(part.html); link; link = anchor.exec(part.html)) {
                const number = Number(link[1])
                const start = cited(links[number] || "") ? text.indexOf(link[2], from) : -1
                if (start < 0)
                    continue
                from = start + link[2].length
                const first = edit.positionToRectangle(start), last = edit.positionToRectangle(from)
                const right = last.y === first.y ? last.x : width
                found.push({"number": number, "place": links[number].slice(5), "x": first.x, "y": lineTop(first), "width": right - first.x})
            }
        }
        if (found.length || buttons.length)
            buttons = found
    }

    function cited(address) {
        return address.startsWith("cite:")
    }

    function frameRun(found, start, end) {
        while (start < end) {
            const first = edit.positionToRectangle(start)
            let low = start, high = end
            while (low < high) {
                const middle = Math.ceil((low + high) / 2)
                if (edit.positionToRectangle(middle).y === first.y)
                    low = middle
                else
                    high = middle - 1
            }
            let right = edit.positionToRectangle(low).x
            if (low < end)
                right = Math.min(width, right + letters.averageCharacterWidth)
            found.push(Qt.rect(first.x, lineTop(first), right - first.x, line))
            start = low < end ? low + 1 : end
        }
    }

    /* The upper edge of the line that a cursor's rectangle stands in. */
    function lineTop(rectangle) {
        return rectangle.y + (rectangle.height - line) / 2
    }

    function activate(link) {
        const number = Number(link.replace("mc:", ""))
        if (number >= 0 && number < links.length)
            linkActivated(links[number])
    }

    implicitHeight: Math.ceil(edit.contentHeight)
    implicitWidth: edit.implicitWidth
    onParagraphsChanged: show()
    onFaceChanged: show()
    onLineChanged: show()
    onCurrentChanged: show()
    onLinksChanged: {
        current = -1
        if (links.some(cited))
            show()
    }
    Component.onCompleted: {
        ready = true
        show()
    }

    FontMetrics {
        id: letters
        font: words.face
    }
    Connections {
        target: Theme
        function onLinkChanged() { words.show() }
        function onPillInkChanged() {
            if (words.buttons.length)
                words.show()
        }
    }
    Repeater {
        model: words.frames
        Rectangle {
            required property rect modelData
            x: modelData.x
            y: modelData.y - words.lift + (modelData.height - height) / 2
            width: modelData.width
            height: Math.min(Theme.px(22), modelData.height)
            radius: Theme.gapSmall
            color: Theme.inlineCode
        }
    }
    Repeater {
        model: words.buttons
        Rectangle {
            required property var modelData
            objectName: "citation"
            x: modelData.x
            y: modelData.y - words.lift + (words.line - height) / 2
            width: modelData.width
            height: Math.min(Theme.px(22), words.line)
            radius: height / 2
            color: modelData.number === words.current ? Theme.selected : Theme.pill
            Accessible.role: Accessible.Button
            Accessible.name: qsTr("Open the source, %1").arg(modelData.place)
            Accessible.onPressAction: words.activate("mc:" + modelData.number)
        }
    }
    TextEdit {
        id: edit
        objectName: "words"
        y: -words.lift
        width: words.width
        readOnly: true
        selectByMouse: true
        selectByKeyboard: true
        activeFocusOnTab: true
        textFormat: TextEdit.RichText
        wrapMode: TextEdit.Wrap
        font: words.face
        color: words.colour
        selectionColor: Theme.selection
        selectedTextColor: color
        Accessible.role: words.block.type === "heading" ? Accessible.Heading : Accessible.StaticText
        Accessible.name: words.plain
        Accessible.readOnly: true
        onContentSizeChanged: if (!words.laying) {
            words.frame()
            words.button()
            words.laidOut()
        }
        onLinkActivated: link => words.activate(link)
        onLinkHovered: link => words.current = link === "" ? -1 : Number(link.replace("mc:", ""))
        onActiveFocusChanged: if (!activeFocus) {
            words.current = -1
            deselect()
        }
        Keys.onTabPressed: event => {
            event.accepted = words.current + 1 < words.links.length
            words.current = event.accepted ? words.current + 1 : -1
        }
        Keys.onPressed: event => {
            event.accepted = true
            if (event.matches(StandardKey.Copy))
                App.markdown.copy(App.markdown.selection(words.block, selectionStart, selectionEnd))
            else if ((event.key === Qt.Key_Return || event.key === Qt.Key_Enter) && words.current >= 0)
                words.activate("mc:" + words.current)
            else
                event.accepted = false
        }
        HoverHandler {
            cursorShape: edit.hoveredLink !== "" ? Qt.PointingHandCursor : Qt.IBeamCursor
        }
    }
    Rectangle {
        anchors.fill: parent
        anchors.margins: -Theme.gapSmall
        visible: edit.activeFocus && (edit.focusReason === Qt.TabFocusReason || edit.focusReason === Qt.BacktabFocusReason)
        color: Theme.clear
        radius: Theme.buttonRadius
        border.width: Theme.focusWidth
        border.color: Theme.focus
    }
}
