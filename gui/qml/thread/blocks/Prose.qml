import QtQuick
import "../../theme"
import "../../controls"

/* A paragraph, a heading or a list. */
Item {
    id: prose

    required property var block
    readonly property bool list: block.type === "list"
    readonly property var items: list ? block.items : []
    readonly property int level: block.type === "heading" ? Math.min(block.level, 4) : 0
    readonly property string longest: items.reduce((found, item) => item.marker.length > found.length ? item.marker : found, "")
    /* Longer numbers than the usual ones need more room. */
    readonly property real step: longest.length < 4 ? markers : Math.ceil((digits.height, digits.advanceWidth(longest))) + Theme.padding
    readonly property real markers: Theme.px(26)
    property var tops: []
    property bool streaming: false
    /* Behind the last word, in the middle of its line; known while more words come. */
    property point tail
    signal linkActivated(string url)

    function indentOf(item) {
        return step + item.depth * markers
    }

    /* Where the first line of each item is; known when the words have been laid out. */
    function place() {
        if (!list && !tops.length)
            return
        const found = []
        let start = 0
        for (const item of items) {
            found.push(words.lineTop(words.edit.positionToRectangle(Math.min(start, words.edit.length))) - words.lift)
            start += item.plain.length + 2 * (item.html.split("<code>").length - 1) + item.html.split("\u200b").length
        }
        tops = found
    }

    function follow() {
        if (!streaming)
            return
        const end = words.edit.positionToRectangle(words.edit.length)
        tail = Qt.point(end.x, words.lineTop(end) - words.lift + words.line / 2)
    }

    objectName: "proseBlock"
    implicitHeight: words.implicitHeight
    onStreamingChanged: follow()

    FontMetrics {
        id: digits
        font: Theme.proseFont
    }
    RichWords {
        id: words
        width: parent.width
        block: prose.block
        links: prose.block.links ?? []
        plain: prose.list ? prose.items.map(item => item.marker + " " + item.plain).join("\n") : prose.block.plain
        face: [Theme.proseFont, Theme.h1Font, Theme.h2Font, Theme.h3Font, Theme.titleFont][prose.level]
        line: [Theme.proseLine, Theme.h1Line, Theme.h2Line, Theme.h3Line, Theme.h3Line][prose.level]
        colour: prose.level ? Theme.text : Theme.prose
        paragraphs: prose.list
            ? prose.items.map((item, number) => ({"html": item.html, "above": number ? Theme.gap : 0, "indent": prose.indentOf(item)}))
            : [{"html": prose.block.html ?? "", "above": 0, "indent": 0}]
        onLinkActivated: url => prose.linkActivated(url)
        onLaidOut: {
            prose.place()
            prose.follow()
        }
    }
    Repeater {
        model: Counted { wanted: prose.items.length }
        Item {
            id: marker
            required property int index
            readonly property var item: prose.items[index] ?? ({"marker": "", "depth": 0, "plain": "", "checked": null})
            readonly property bool task: typeof item.checked === "boolean"
            readonly property bool done: item.checked === true
            x: item.depth * prose.markers
            y: prose.tops[index] ?? 0
            width: prose.step
            height: Theme.proseLine

            Text {
                visible: !marker.task && /^\d/.test(text)
                anchors.right: parent.right
                anchors.rightMargin: Theme.px(6)
                anchors.verticalCenter: parent.verticalCenter
                text: marker.item.marker
                textFormat: Text.PlainText
                font.family: Theme.proseFont.family
                font.pixelSize: Theme.proseFont.pixelSize
                font.features: {"tnum": 1}
                color: Theme.prose
                Accessible.ignored: true
            }
            Rectangle {
                objectName: marker.task ? "taskBox" : ""
                visible: marker.task || (marker.item.marker !== "" && !/^\d/.test(marker.item.marker))
                x: marker.task ? parent.width - width - Theme.px(6) : (parent.width - width) / 2
                anchors.verticalCenter: parent.verticalCenter
                width: marker.task ? Theme.iconSmall : Theme.px(5)
                height: width
                radius: marker.task ? Theme.gapSmall : marker.item.marker === "\u25aa" ? 0 : width / 2
                color: marker.task ? (marker.done ? Theme.blue : Theme.clear) : marker.item.marker === "\u25e6" ? Theme.clear : Theme.prose
                border.width: marker.done ? 0 : Theme.hairline
                border.color: marker.task ? Theme.iconTertiary : Theme.prose
                Accessible.role: Accessible.CheckBox
                Accessible.name: marker.item.plain
                Accessible.checked: marker.done
                Accessible.readOnly: true
                Accessible.ignored: !marker.task
                Loader {
                    active: marker.done
                    anchors.centerIn: parent
                    sourceComponent: Icon {
                        name: "check"
                        size: Theme.iconTiny
                        colour: Theme.dangerInk
                    }
                }
            }
        }
    }
}
