// SPDX-License-Identifier: Apache-2.0

package io.governance.peer;

import java.io.IOException;

import jakarta.servlet.ServletException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Notes the peer of each request in Tomcat, where applications cannot ask for it. Its
 * place among the valves does not matter: {@code RemoteIpValve} leaves the peer's address
 * as it is. Thread-safe.
 */
public final class TomcatPeerValve extends ValveBase {

	/**
	 * Creates the valve.
	 */
	public TomcatPeerValve() {
		super(true);
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		request.setAttribute(ServletPeer.ATTRIBUTE, request.getPeerAddr());
		getNext().invoke(request, response);
	}

}
