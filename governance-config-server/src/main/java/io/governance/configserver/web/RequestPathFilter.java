// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.web;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets in the requests of the protocol, of the watch, for scrape targets and of the
 * actuator, and nothing else. It judges the path as it came over the wire, before any
 * decoding: letters, digits and a few signs, no {@code ..}, nothing percent-encoded, no
 * path parameters. The other formats of Spring Cloud Config (text, properties, YAML,
 * files) are not served.
 */
final class RequestPathFilter extends OncePerRequestFilter {

	private static final int LONGEST_PATH = 512;

	private static final int LONGEST_SEGMENT = 200;

	private static final String TARGETS = "/governance/prometheus/targets";

	private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._,@+-]*");

	/** A slash inside a label is written {@code (_)} by Spring Cloud Config's clients. */
	private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._,@+-]|\\(_\\))*");

	private static final Pattern OTHER_FORMAT = Pattern.compile(".*\\.(yml|yaml|properties|json)");

	private static final Set<String> RESERVED = Set.of("actuator", "governance", "error", "encrypt", "decrypt", "key");

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String path = request.getRequestURI();
		if (path.length() > LONGEST_PATH || path.contains("..") || !path.startsWith("/")) {
			response.sendError(HttpServletResponse.SC_BAD_REQUEST);
			return;
		}
		List<String> segments = List.of(path.substring(1).split("/", -1));
		if (segments.get(0).equals("actuator")) {
			if (segments.stream().skip(1).allMatch((segment) -> isLegal(segment, SEGMENT))) {
				chain.doFilter(request, response);
				return;
			}
			response.sendError(HttpServletResponse.SC_BAD_REQUEST);
			return;
		}
		if (path.equals(TARGETS) && isRead(request)) {
			chain.doFilter(request, response);
			return;
		}
		int status = judge(request, withoutWatch(segments));
		if (status == HttpServletResponse.SC_OK) {
			chain.doFilter(request, response);
		}
		else {
			response.sendError(status);
		}
	}

	private static List<String> withoutWatch(List<String> segments) {
		boolean watch = segments.size() > 3 && segments.get(0).equals("governance") && segments.get(1).equals("watch");
		return watch ? segments.subList(2, segments.size()) : segments;
	}

	private static int judge(HttpServletRequest request, List<String> segments) {
		if (!isRead(request)) {
			return HttpServletResponse.SC_METHOD_NOT_ALLOWED;
		}
		if (segments.size() < 2 || segments.size() > 3 || RESERVED.contains(segments.get(0))) {
			return HttpServletResponse.SC_NOT_FOUND;
		}
		boolean legal = isLegal(segments.get(0), SEGMENT) && isLegal(segments.get(1), SEGMENT)
				&& (segments.size() < 3 || isLegal(segments.get(2), LABEL));
		if (!legal) {
			return HttpServletResponse.SC_BAD_REQUEST;
		}
		boolean otherFormat = OTHER_FORMAT.matcher(segments.get(segments.size() - 1)).matches();
		return otherFormat ? HttpServletResponse.SC_NOT_FOUND : HttpServletResponse.SC_OK;
	}

	private static boolean isRead(HttpServletRequest request) {
		return HttpMethod.GET.matches(request.getMethod()) || HttpMethod.HEAD.matches(request.getMethod());
	}

	private static boolean isLegal(String segment, Pattern pattern) {
		return segment.length() <= LONGEST_SEGMENT && pattern.matcher(segment).matches();
	}

}
