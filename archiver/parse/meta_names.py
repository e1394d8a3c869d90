"""Names of meta tags, link relations and schema.org properties, and the field of the description they speak of."""

from __future__ import annotations

#: Fields whose value may be a list in one string.
LISTS = frozenset({"keyword"})

_META = {
    "title": "og:title twitter:title title headline dc.title dcterms.title citation_title parsely-title sailthru.title"
    " hdl article:title cxenseparse:title eprints.title",
    "description": "description og:description twitter:description dc.description dcterms.description dcterms.abstract"
    " sailthru.description abstract citation_abstract",
    "author": "author authors article:author article:author_name og:author dc.creator dcterms.creator dc.contributor"
    " citation_author citation_authors parsely-author sailthru.author byl byline cxenseparse:author article.author"
    " creator vr:author twitter:creator dc.author",
    "published": "article:published_time article:published og:published_time og:article:published_time datepublished"
    " date dc.date dc.date.issued dc.date.created dcterms.issued dcterms.created dcterms.date dcterms.available"
    " citation_publication_date citation_date citation_online_date parsely-pub-date sailthru.date pubdate pub_date"
    " publishdate publish-date publish_date publication_date publicationdate date.published published published_time"
    " published_at article.published article.created cxenseparse:recs:publishtime cxenseparse:publishtime"
    " rnews:datepublished bt:pubdate originalpublicationdate ptime article_date_original release_date datecreated"
    " date_published date_published_iso displaydate dat created time citation_year eprints.date",
    "modified": "article:modified_time article:modified og:updated_time og:modified_time lastmod last-modified"
    " datemodified dcterms.modified dc.date.modified revised article.updated cxenseparse:modifiedtime"
    " rnews:datemodified bt:moddate utime modified date.updated dateupdate updated_time",
    "publisher": "article:publisher dc.publisher dcterms.publisher citation_publisher publisher copyright-holder",
    "site_name": "og:site_name application-name cre sailthru.site cxenseparse:sitename citation_journal_title",
    "section": "article:section section parsely-section sailthru.section og:article:section cxenseparse:section cg"
    " category dc.subject.category",
    "keyword": "keywords news_keywords article:tag parsely-tags sailthru.tags dc.subject dcterms.subject"
    " citation_keywords og:article:tag",
    "language": "og:locale content-language dc.language dcterms.language language inlanguage",
    "image": "og:image og:image:url og:image:secure_url twitter:image twitter:image:src sailthru.image.full"
    " parsely-image-url thumbnail",
    "canonical_url": "og:url twitter:url parsely-link citation_abstract_html_url",
    "rights": "copyright dc.rights dcterms.rights dcterms.rightsholder rights license dcterms.license",
    "article_type": "og:type parsely-type",
    "paywalled": "article:content_tier",
}
META_FIELDS = {name: field for field, names in _META.items() for name in names.split()}

LINK_FIELDS = {"canonical": "canonical_url", "license": "rights", "image_src": "image"}

#: schema.org properties, lower case, as microdata name them.
ITEM_FIELDS = {
    "headline": "headline",
    "alternativeheadline": "title",
    "author": "author",
    "creator": "author",
    "datepublished": "published",
    "datecreated": "published",
    "datemodified": "modified",
    "description": "description",
    "publisher": "publisher",
    "articlesection": "section",
    "keywords": "keyword",
    "inlanguage": "language",
    "image": "image",
    "copyrightholder": "rights",
    "license": "rights",
}
