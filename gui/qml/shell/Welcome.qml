import QtQuick
import QtQuick.Controls.Basic as Basic
import "../theme"
import "../controls"
import "../drawer" as Drawer

/* The first start: language and look, whose models shall work, and whether everything is in order here. */
Dialog {
    id: welcome

    required property Item shell

    function end(then) {
        App.preferences.put("welcomed", true)
        close()
        then()
    }

    objectName: "welcome"
    widest: Theme.px(560)
    closePolicy: Basic.Popup.CloseOnEscape
    padding: Theme.px(28)
    onAboutToShow: App.firstSteps.look()
    Connections {
        target: App.providers.signIn
        function onSignedIn() {
            if (welcome.visible)
                welcome.end(() => App.team.choose("own"))
        }
    }
    onClosed: {
        App.providers.signIn.cancel()
        App.preferences.put("welcomed", true)
        shell.focusComposer()
    }
    Flickable {
        id: flick
        width: parent.width
        height: Math.min(contentHeight, (welcome.parent ? welcome.parent.height : Theme.px(800)) - Theme.px(96))
        contentHeight: page.height
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        Basic.ScrollBar.vertical: SlimScrollBar {}
        Column {
            id: page
            width: flick.width
            spacing: Theme.px(20)
            Image {
                anchors.horizontalCenter: parent.horizontalCenter
                width: Theme.px(56)
                height: width
                sourceSize: Qt.size(Math.ceil(width), Math.ceil(height))
                source: "../../assets/multicoder.svg"
                Accessible.ignored: true
            }
            Column {
                width: parent.width
                spacing: Theme.gap
                Words {
                    width: parent.width
                    horizontalAlignment: Text.AlignHCenter
                    wrapMode: Text.Wrap
                    text: qsTr("Welcome to MultiCoder")
                    font: Theme.fontOf(24, 600)
                    Accessible.role: Accessible.Heading
                }
                Words {
                    width: parent.width
                    horizontalAlignment: Text.AlignHCenter
                    wrapMode: Text.Wrap
                    lineHeight: 1.2
                    text: qsTr("Say in a sentence what you need. A team of models plans it, asks you, writes it, tests it and hands you a finished program.")
                    color: Theme.textSecondary
                }
            }
            Choice {
                width: parent.width
                label: qsTr("Language")
                Segmented {
                    objectName: "welcomeLanguage"
                    options: [{value: "en", text: "English"}, {value: "ru", text: "Русский"}]
                    value: App.firstSteps.language
                    onChosen: value => App.firstSteps.chooseLanguage(value)
                }
            }
            Choice {
                width: parent.width
                label: qsTr("Appearance")
                Segmented {
                    objectName: "welcomeTheme"
                    options: [
                        {value: "system", text: qsTr("System")},
                        {value: "light", text: qsTr("Light")},
                        {value: "dark", text: qsTr("Dark")},
                        {value: "black", text: qsTr("Black")}
                    ]
                    value: App.preferences.theme
                    onChosen: value => App.preferences.put("theme", value)
                }
            }
            Examination { width: parent.width }
            Column {
                width: parent.width
                spacing: Theme.gap
                Drawer.SignInBox {
                    width: parent.width
                    buttonHeight: Theme.px(44)
                }
                PillButton {
                    objectName: "welcomeProvider"
                    width: parent.width
                    implicitHeight: Theme.px(44)
                    iconName: "key"
                    text: qsTr("Add another provider with its key")
                    onClicked: welcome.end(() => {
                        App.team.choose("own")
                        welcome.shell.openDrawer("providers")
                    })
                }
                PillButton {
                    objectName: "welcomeDemo"
                    width: parent.width
                    implicitHeight: Theme.px(44)
                    iconName: "play"
                    text: qsTr("Try the demo team (no key, no AI)")
                    onClicked: welcome.end(() => {
                        App.team.choose("demo")
                        welcome.shell.begin("build", qsTr("Build a calculator with buttons for the four operations"))
                    })
                }
                PillButton {
                    objectName: "welcomeLater"
                    width: parent.width
                    implicitHeight: Theme.px(44)
                    kind: "ghost"
                    text: qsTr("Look round first")
                    onClicked: welcome.close()
                }
            }
        }
    }
}
