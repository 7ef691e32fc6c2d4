"""Pages, one module for each subject, each with `pages = APIRouter()`."""
