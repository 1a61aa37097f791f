package org.cloister.driver.ocs.netconf;

import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** The little of XML that messages need. */
final class Xml {

    private Xml() {
    }

    /**
     * Returns the outermost element of a message.
     *
     * @throws ProtocolException if it is no XML, or has a document type, which NETCONF forbids (RFC 6241, section 3)
     */
    static Element parse(byte[] message) throws ProtocolException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setXIncludeAware(false);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            // the default handler would print errors
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new InputSource(new ByteArrayInputStream(trimmed(message)))).getDocumentElement();
        } catch (SAXException | IOException e) {
            ProtocolException broken = new ProtocolException("message is no XML: " + e.getMessage());
            broken.initCause(e);
            throw broken;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Servers put line feeds between messages; an XML declaration must be first. */
    private static byte[] trimmed(byte[] message) {
        int begin = 0;
        while (begin < message.length && message[begin] <= ' ' && message[begin] >= 0) {
            begin++;
        }
        return begin == 0 ? message : Arrays.copyOfRange(message, begin, message.length);
    }

    /** Returns the elements right below one that have a name, in order. */
    static Stream<Element> children(Element parent, String name) {
        return Stream.iterate(parent.getFirstChild(), node -> node != null, Node::getNextSibling)
                .filter(node -> node.getNodeType() == Node.ELEMENT_NODE && name.equals(node.getLocalName()))
                .map(Element.class::cast);
    }

    /** Returns the first element right below one that has a name. */
    static Optional<Element> child(Element parent, String name) {
        return children(parent, name).findFirst();
    }

    /** Returns the text of the first element right below one that has a name, without space around it. */
    static Optional<String> text(Element parent, String name) {
        return child(parent, name).map(Node::getTextContent).map(String::trim).filter(text -> !text.isEmpty());
    }

    /** Returns a text as it has to be written into XML. */
    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
