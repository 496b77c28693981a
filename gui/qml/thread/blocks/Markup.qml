import QtQuick
import "../../theme"

/*
    Our small markup (gui/markdown/inline.py) as rich text in the colours and faces of the theme. What comes in is escaped
    and holds no address; nothing else may be shown as rich text.
*/
QtObject {
    /* A narrow space that texts of messages never contain: it keeps the frame of code off the words beside it. */
    readonly property string side: "\u202f"
    readonly property string face: "font-family:'" + Theme.mono.replace(/['"<>&;]/g, "") + "'"
    readonly property string codeStart: "<span style=\"" + face + ";font-weight:500;font-size:"

    function pixels(length) {
        return Math.round(length) + "px"
    }

    /* `size`: pixels of the text round it; `current`: the link under the pointer or chosen by keyboard, -1 none; `links`: addresses by number. */
    function styled(html, size, current, links) {
        const cited = number => (links || [])[number] !== undefined && links[number].startsWith("cite:")
        const small = ";font-size:" + pixels(size * 0.8125)
        const code = codeStart + pixels(size * 0.875) + "\">"
        return html
            .replace(/<code>/g, side + code).replace(/<\/code>/g, "</span>" + side)
            .replace(/<var>/g, code).replace(/<\/var>/g, "</span>")
            .replace(/<b>/g, "<span style=\"font-weight:600\">").replace(/<\/b>/g, "</span>")
            .replace(/<a href="mc:(\d+)">/g, (whole, number) => "<a href=\"mc:" + number + "\" style=\"color:"
                + String(cited(Number(number)) ? Theme.pillInk : Number(number) === current ? Theme.linkHover : Theme.link)
                + (cited(Number(number)) ? small : "")
                + ";text-decoration:" + (Number(number) === current ? "underline" : "none") + "\">")
    }

    function paragraph(html, line, above, indent, align) {
        const empty = html === ""
        return "<p align=\"" + (align || "left") + "\" style=\"margin:0;white-space:pre-wrap;line-height:" + pixels(line)
            + ";margin-top:" + pixels(above) + ";margin-left:" + pixels(indent)
            + (empty ? ";-qt-paragraph-type:empty\"><br /></p>" : "\">" + html + "</p>")
    }

    function coloured(lines) {
        let text = lines.join("<br>")
        for (let group = 1; group <= 5; ++group)
            text = text.replace(new RegExp("<c" + group + ">", "g"), "<span style=\"color:" + String(Theme.syntax[group - 1]) + "\">")
        return text.replace(/<c6>/g, "<span style=\"color:" + String(Theme.comment) + "\">").replace(/<\/c>/g, "</span>")
    }

    function escaped(text) {
        return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;")
    }
}
