// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.local;

import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Principals as Spring Security knows them. Two are the same if they have the same kind
 * of authentication, name and authorities, and equal principals: a name alone may be one
 * of two tenants. Where there is no authentication at all, nobody knows who calls: a
 * context may have been lost on the way.
 */
public final class SecurityPrincipals implements PrincipalSource {

	@Override
	public @Nullable Object current() {
		return principal(SecurityContextHolder.getContext().getAuthentication());
	}

	static @Nullable Object principal(@Nullable Authentication authentication) {
		if (authentication == null || !authentication.isAuthenticated()) {
			return null;
		}
		if (authentication instanceof AnonymousAuthenticationToken) {
			return NOBODY;
		}
		Set<String> authorities = authentication.getAuthorities()
			.stream()
			.map(GrantedAuthority::getAuthority)
			.map(String::valueOf)
			.collect(Collectors.toUnmodifiableSet());
		return new Known(authentication.getClass(), authentication.getName(), authentication.getPrincipal(),
				authorities);
	}

	private record Known(Class<?> kind, String name, @Nullable Object principal, Set<String> authorities) {
	}

	/**
	 * What the Reactor context says.
	 */
	public static final class Reactive implements ReactivePrincipalSource {

		@Override
		public Mono<Object> of(ContextView view) {
			return view.<Mono<SecurityContext>>getOrEmpty(SecurityContext.class)
				.orElse(Mono.empty())
				.mapNotNull(SecurityContext::getAuthentication)
				.mapNotNull(SecurityPrincipals::principal);
		}

	}

}
